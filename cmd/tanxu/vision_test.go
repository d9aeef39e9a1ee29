package main

import (
	"bytes"
	"context"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"tanxu/internal/fakeopenai"
	"tanxu/internal/faketelegram"
	"tanxu/need"
	"tanxu/postgres"
)

const jpeg = "\xff\xd8\xff\xe0 a sheet"

// eyes is an endpoint that reads says off each picture but the one by which it
// is tried; blind endpoints invent what stands on that.
func eyes(t *testing.T, says string, blind bool) *fakeopenai.Server {
	t.Helper()
	s, err := fakeopenai.Start(fakeopenai.Options{Key: "k", Answer: func(r fakeopenai.Request) string {
		picture := r.Messages[len(r.Messages)-1].Picture
		switch {
		case picture == nil:
			return "NONE"
		case bytes.HasPrefix(picture, []byte("\x89PNG")) && blind:
			return "12345"
		case bytes.HasPrefix(picture, []byte("\x89PNG")):
			return "7 0 4 1 8"
		default:
			return says
		}
	}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	return s
}

func seeing(by *fakeopenai.Server) func(*config) {
	return func(c *config) {
		c.VisionModel, c.VisionBaseURL, c.VisionAPIKey = "qwen-vl", by.URL, "k"
		c.LLMTimeout = 300 * time.Millisecond
	}
}

// sends uploads a file and returns what is answered.
func (c *webCaller) sends(name, content string) string {
	c.t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	part, err := form.CreateFormFile("file", name)
	if err != nil {
		c.t.Fatal(err)
	}
	if _, err := part.Write([]byte(content)); err != nil {
		c.t.Fatal(err)
	}
	form.Close()
	req, err := http.NewRequestWithContext(c.t.Context(), http.MethodPost, c.base+"/api/v1/chat/sessions/"+string(c.id)+"/files", &body)
	if err != nil {
		c.t.Fatal(err)
	}
	req.Header.Set("Authorization", c.auth)
	req.Header.Set("Content-Type", form.FormDataContentType())
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		c.t.Fatal(err)
	}
	resp.Body.Close()
	if resp.StatusCode != http.StatusAccepted {
		c.t.Fatalf("status %d", resp.StatusCode)
	}
	return lastSaid(c.answered())
}

func TestAPhotoIsReadAsADocument(t *testing.T) {
	t.Parallel()
	e := eyes(t, heardWrong, false)
	a, base := start(t, seeing(e))
	c := call(t, a, base)
	if said := c.sends("检测单.jpg", jpeg); !strings.Contains(said, "《检测单.jpg》读过了") || !strings.Contains(said, "80") {
		t.Fatalf("said %s", said)
	}
	evidence := c.row().Evidence[0]
	id, _, _ := strings.Cut(strings.TrimPrefix(evidence.Ref, "document:"), "#")
	d, content, err := a.store.Document(t.Context(), a.store.Root(), id)
	if err != nil || string(content) != jpeg || d.Words == nil || string([]rune(*d.Words)[evidence.Start:evidence.End]) != evidence.Quote {
		t.Errorf("evidence %+v, document %+v, %v", evidence, d, err)
	}
	if calls := e.Requests(); len(calls) != 2 {
		t.Errorf("%d calls: one tries the model, one reads", len(calls))
	}
	c.sends("检测单2.jpg", jpeg+"2")
	if calls := e.Requests(); len(calls) != 3 {
		t.Errorf("%d calls after a second picture", len(calls))
	}
}

func TestAPhotoThatNobodyReadsIsKept(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		says  string
		blind bool
		mode  fakeopenai.Fault
		want  string
	}{
		"invents":          {heardWrong, true, fakeopenai.OK, "照片里的内容我还看不懂"},
		"takes no picture": {heardWrong, false, fakeopenai.NoSuchModel, "照片里的内容我还看不懂"},
		"down":             {heardWrong, false, fakeopenai.Unavailable, "这会儿读不出来"},
		"hangs":            {heardWrong, false, fakeopenai.Hang, "这会儿读不出来"},
		"no words":         {"NONE", false, fakeopenai.OK, "没从里面认出文字"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := eyes(t, tt.says, tt.blind)
			e.SetMode(fakeopenai.Mode{Fault: tt.mode})
			a, base := start(t, seeing(e))
			c := call(t, a, base)
			if said := c.sends("裂纹.jpg", jpeg); !strings.Contains(said, tt.want) {
				t.Errorf("said %s", said)
			}
			for _, m := range c.answered().Messages {
				if m.Kind == "file" && m.Document == nil {
					t.Error("the picture is gone")
				}
			}
		})
	}
	t.Run("no endpoint", func(t *testing.T) {
		t.Parallel()
		a, base := start(t, nil)
		if said := call(t, a, base).sends("裂纹.jpg", jpeg); !strings.Contains(said, "照片里的内容我还看不懂") {
			t.Errorf("said %s", said)
		}
	})
}

func TestFilesOverTelegram(t *testing.T) {
	t.Parallel()
	tg := faketelegram.New("1:test")
	server := httptest.NewServer(tg)
	t.Cleanup(server.Close)
	e := eyes(t, heardWrong, false)
	a, _ := start(t, func(c *config) {
		seeing(e)(c)
		c.TelegramToken, c.TelegramAPI = "1:test", server.URL
	})
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	c := &telegramChat{tg: tg, id: 42}
	tg.Say(c.id, "zh-hans", "/start demo-nc")
	hello := c.next(ctx)
	tg.Photo(c.id, []byte(jpeg), "")
	c.next(ctx)
	if n := len(e.Requests()); n != 0 {
		t.Fatalf("%d calls before consent", n)
	}
	tg.Press(c.id, hello[len(hello)-1].ID, hello[len(hello)-1].Buttons[0].Data)
	c.next(ctx)
	tests := []struct {
		send func()
		want string
	}{
		{func() {
			tg.Document(c.id, "需求.txt", []byte("热挤压模具寿命只有2000次，想做到5000次以上。"), "")
		}, "《需求.txt》读过了"},
		{func() { tg.Photo(c.id, []byte(jpeg), "这是检测单") }, "读过了"},
		{func() { tg.Document(c.id, "图纸.dwg", []byte("AC1032"), "") }, "这种文件我还看不懂"},
		{func() { tg.Document(c.id, "老表.xls", []byte("\xD0\xCF\x11\xE0"), "") }, "另存为"},
	}
	for _, tt := range tests {
		tt.send()
		said := ""
		for ctx.Err() == nil && !strings.Contains(said, tt.want) { // words and file may be answered apart
			for _, m := range c.next(ctx) {
				said += m.Text + "\n"
			}
		}
		if !strings.Contains(said, tt.want) {
			t.Errorf("said %s, want %s", said, tt.want)
		}
	}
	list, _, err := a.store.Needs(ctx, a.store.Root(), postgres.NeedFilter{}, postgres.Page{})
	if err != nil || len(list) == 0 {
		t.Fatalf("%d needs, %v", len(list), err)
	}
	told := ""
	for _, row := range list {
		events, err := a.store.NeedEvents(ctx, a.store.Root(), row.ID)
		if err != nil {
			t.Fatal(err)
		}
		for _, item := range need.Fold(row.ID, events).Field(need.KeyProblem).Items {
			told += item.Evidence[0].Ref[:len("document:")] + " " + item.Value.Text + "\n"
		}
	}
	if !strings.Contains(told, "document: 热挤压模具寿命只有2000次") {
		t.Errorf("a short text gives no problem: %s", told)
	}
}
