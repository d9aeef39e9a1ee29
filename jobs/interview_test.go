package jobs_test

import (
	"encoding/json"
	"testing"

	"tanxu/extract"
	"tanxu/interview"
	"tanxu/interview/guide"
	"tanxu/jobs"
	"tanxu/need"
	"tanxu/need/record"
	"tanxu/postgres"
)

// TestTheStoredRecordIsTheFoldOfItsEvents runs the real engine through the
// pipeline: what lists and brokers read must be what the events add up to.
func TestTheStoredRecordIsTheFoldOfItsEvents(t *testing.T) {
	t.Parallel()
	g, err := guide.Load()
	must(t, err)
	s := start(t, interview.New(g, extract.NewRules(), interview.Options{}), newOutlet(), jobs.Options{})
	var id need.ConversationID
	for n, text := range []string{
		"你好", "同意", "我们是做铜合金带材的，导电率只有76%IACS，想做到80%IACS以上，退火温度450℃", "连铸连轧车间",
		"不对，是78%IACS", "预算不方便说", "明年六月之前", "另外还有一个需求：酸洗废水处理成本太高",
	} {
		got := s.write(t, "chat", n, text)
		id = got.Conversation
		s.until(t, id, func(v postgres.View) bool { return len(v.Unread) == 0 })
	}
	needs, err := s.store.NeedsOf(t.Context(), s.store.Root(), id)
	must(t, err)
	if len(needs) == 0 {
		t.Fatal("no need came of the interview")
	}
	for _, stored := range needs {
		events, err := s.store.NeedEvents(t.Context(), s.store.Root(), stored.ID)
		must(t, err)
		folded := need.Fold(stored.ID, events)
		var r record.Record
		must(t, json.Unmarshal(stored.Record, &r))
		if folded.Version != stored.Version || r.Version != stored.Version || folded.Title != stored.Title || r.Title != stored.Title {
			t.Errorf("need %q: stored version %d, record %d, events add up to %d (%q)", stored.Title, stored.Version, r.Version, folded.Version, folded.Title)
		}
		want := record.Of(folded)
		for k, f := range want.Fields {
			if r.Fields[k].Status != f.Status || len(r.Fields[k].Evidence) != len(f.Evidence) {
				t.Errorf("field %s: stored %+v, events add up to %+v", k, r.Fields[k], f)
			}
		}
		if len(r.Indicators) != len(want.Indicators) || r.Quality.Score != stored.Score {
			t.Errorf("indicators %d, want %d; score %d, row says %d", len(r.Indicators), len(want.Indicators), r.Quality.Score, stored.Score)
		}
	}
}
