package jobs_test

import (
	"strings"
	"testing"
	"time"

	"tanxu/bot"
	"tanxu/extract"
	"tanxu/interview"
	"tanxu/interview/guide"
	"tanxu/jobs"
	"tanxu/need"
	"tanxu/postgres"
)

// sends has a contact send a file.
func (s *service) sends(t testing.TB, chat, id, name, content string) {
	t.Helper()
	v, err := s.store.Accept(t.Context(), postgres.Inbound{Channel: "fake", Bot: "b", Chat: chat, ID: chat + "/look", Kind: "text", Text: "在", Invite: "gz"})
	must(t, err)
	document, err := s.store.KeepFile(t.Context(), postgres.Turn{Centre: v.Centre, Conversation: v.Conversation}, name, []byte(content))
	must(t, err)
	_, err = s.inbox.Accept(t.Context(), bot.Inbound{
		Channel: "fake", Bot: "b", Chat: chat, ID: chat + "/" + id, Kind: bot.KindFile, Text: "文件：" + name, Document: document, At: time.Now(),
	})
	must(t, err)
}

func TestAFileInAChatIsReadAsADocument(t *testing.T) {
	t.Parallel()
	g, err := guide.Load()
	must(t, err)
	s := start(t, interview.New(g, extract.NewRules(), interview.Options{}), newOutlet(), jobs.Options{})
	idle := func(v postgres.View) bool { return len(v.Unread) == 0 }
	got := s.write(t, "chat", 1, "你好")
	s.sends(t, "chat", "early", "早.csv", "企业,需求\n甲公司,早说的事\n")
	s.until(t, got.Conversation, idle)
	if n := watch(t, s.url).number(t, `SELECT count(*) FROM documents`); n != 0 {
		t.Errorf("%d files are kept before the contact has agreed", n)
	}
	s.write(t, "chat", 2, "同意")
	s.until(t, got.Conversation, idle)
	s.sends(t, "chat", "table", "需求.csv", "企业,需求\n甲公司,铜合金带材导电率只有76%IACS\n甲公司,酸洗废水处理成本太高\n")
	v := s.until(t, got.Conversation, func(v postgres.View) bool {
		return len(v.Unread) == 0 && strings.Contains(v.Messages[len(v.Messages)-1].Text, "读过了")
	})
	if len(v.Conversation.Needs) != 2 {
		t.Fatalf("%d needs; said %s", len(v.Conversation.Needs), texts(v))
	}
	n, err := s.store.NeedEvents(t.Context(), s.store.Root(), v.Conversation.Needs[0])
	must(t, err)
	item := need.Fold(v.Conversation.Needs[0], n).Field(need.KeyProblem).Items[0]
	id, place, _ := strings.Cut(strings.TrimPrefix(item.Evidence[0].Ref, "document:"), "#")
	d, cells, err := s.store.Blocks(t.Context(), s.store.Root(), id, v.Conversation.Needs[0])
	if err != nil || d.Name != "需求.csv" || len(cells) != 4 || cells[1].Place != place || !strings.Contains(cells[1].Text, item.Evidence[0].Quote) {
		t.Errorf("evidence %+v, blocks %+v, %v", item.Evidence, cells, err)
	}
	s.sends(t, "chat", "photo", "裂纹.png", "\x89PNG\r\n\x1a\n")
	v = s.until(t, got.Conversation, func(v postgres.View) bool {
		return len(v.Unread) == 0 && strings.Contains(v.Messages[len(v.Messages)-1].Text, "照片已保存")
	})
	if last := v.Messages[len(v.Messages)-1].Text; !strings.Contains(last, "已保存") {
		t.Errorf("a photo: %s", last)
	}
	must(t, s.store.Erase(t.Context(), s.store.Root(), got.Conversation))
	if n := watch(t, s.url).number(t, `SELECT (SELECT count(*) FROM documents) + (SELECT count(*) FROM import_rows)`); n != 0 {
		t.Errorf("%d rows of files are left of an erased conversation", n)
	}
}

func TestAFollowUpGoesOnWithTheImportedNeed(t *testing.T) {
	t.Parallel()
	g, err := guide.Load()
	must(t, err)
	s := start(t, interview.New(g, extract.NewRules(), interview.Options{}), newOutlet(), jobs.Options{})
	i := s.run(t, s.upload(t, "需求.csv", "企业,需求\n甲公司,铜合金带材导电率只有76%IACS\n").ID)
	rows, _, err := s.store.ImportRows(t.Context(), s.store.Root(), i.ID, postgres.RowFilter{})
	must(t, err)
	id := need.ID(*rows[0].Need)
	link, err := s.store.FollowUp(t.Context(), s.store.Root(), id)
	must(t, err)
	open := func(conversation need.ConversationID, token string) postgres.Conversation {
		t.Helper()
		must(t, s.store.CreateConversation(t.Context(), postgres.NewConversation{
			ID: conversation, Channel: "webchat", Bot: "b", Chat: string(conversation), Invite: link.Token, Lang: "zh", TokenHash: []byte(token),
		}))
		c, err := s.store.ConversationByToken(t.Context(), []byte(token))
		must(t, err)
		return c.Conversation
	}
	c := open("0199d0a0-0000-7000-8000-000000000001", "first")
	if c.Org != "甲公司" || len(c.Needs) != 1 || c.Needs[0] != id {
		t.Fatalf("conversation = %+v", c)
	}
	say := func(id, kind, choice, text string) string {
		t.Helper()
		_, err := s.inbox.Accept(t.Context(), bot.Inbound{
			Channel: "webchat", Bot: "b", Chat: c.Chat, ID: id, Kind: bot.InboundKind(kind), Choice: choice, Text: text, Invite: link.Token, At: time.Now(),
		})
		must(t, err)
		v := s.until(t, c.ID, func(v postgres.View) bool { return len(v.Unread) == 0 })
		return v.Messages[len(v.Messages)-1].Text
	}
	if hello := say("1", "start", "consent.yes", ""); !strings.Contains(hello, "导电率只有76%IACS") {
		t.Errorf("greeting = %s", hello)
	}
	say("2", "text", "", "连铸连轧车间的退火工序")
	n, err := s.store.Need(t.Context(), s.store.Root(), id)
	must(t, err)
	if n.Conversation == nil || *n.Conversation != string(c.ID) || n.Status != need.StatusInterviewing || !strings.Contains(string(n.Record), "连铸连轧") {
		t.Errorf("need = %s %s", n.Status, n.Record)
	}
	if again := open("0199d0a0-0000-7000-8000-000000000002", "second"); again.ID != c.ID {
		t.Errorf("the link opens %s beside %s", again.ID, c.ID)
	}
}
