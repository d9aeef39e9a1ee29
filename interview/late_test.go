package interview_test

import (
	"strconv"
	"strings"
	"testing"

	"tanxu/internal/fakeopenai"
	"tanxu/interview"
	"tanxu/need"
)

// What a model did not read while it was down it reads with the next message,
// but only into fields that nobody has touched since.
func TestAMissedMessageIsReadLater(t *testing.T) {
	t.Parallel()

	const missed, next = "收卷那头归二车间管，辊子间隙去年拆开量过一回", "还是那个毛病，天天有"
	tests := map[string]struct {
		between string // said while the model is down
		field   need.Key
		want    string // of the field in the end
	}{
		"an open field":            {"", need.KeyFoundation, "辊子间隙去年拆开量过一回"},
		"a field filled since":     {"基础有三台测厚仪，可提供样品200卷", need.KeyFoundation, "三台测厚仪"},
		"a field that was refused": {"设备、样品这些基础条件不方便透露", need.KeyFoundation, ""},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			s, server, _ := modelled(t, map[string]string{missed: commands(t, string(tt.field), "辊子间隙去年拆开量过一回")}, "")
			s.send(interview.Message{Start: true, Choice: "consent.yes"})
			s.say("走带一到八十米就跑偏，一天废两卷。")
			server.SetMode(fakeopenai.Mode{Fault: fakeopenai.Filtered})
			if s.say(missed); len(s.field(tt.field).Items) != 0 {
				t.Fatalf("the rules read it by themselves: %+v", s.field(tt.field).Items)
			}
			id := need.MessageID("m" + strconv.Itoa(len(s.said)))
			s.recent = append(s.recent, interview.Spoken{ID: id, Contact: true, Text: missed})
			if tt.between != "" {
				s.until(tt.field, "没有")
				s.say(tt.between)
			}
			server.SetMode(fakeopenai.Mode{})
			s.say(next)
			s.holds()
			var got []string
			for _, i := range s.field(tt.field).Items {
				got = append(got, i.Value.Text)
			}
			if text := strings.Join(got, "；"); tt.want == "" && text != "" || !strings.Contains(text, tt.want) || len(got) > 1 {
				t.Errorf("%s is %q, want %q", tt.field, text, tt.want)
			}
			calls := len(server.Requests())
			s.say("这个月又多了两卷，客户在催")
			for _, r := range server.Requests()[calls:] {
				if strings.Contains(r.User[strings.LastIndex(r.User, `"messages"`):], missed) {
					t.Error("it is read once more")
				}
			}
		})
	}
}
