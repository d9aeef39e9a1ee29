package interview_test

import (
	"strings"
	"testing"

	"tanxu/need"
)

// A contact says which of his needs is to be spoken of, in the middle of one and
// at its card; the other waits.
func TestTheContactTurnsToAnotherNeed(t *testing.T) {
	t.Parallel()

	const foil = "有两件事：一是铝箔轧制针孔太多，二是锅炉烟气氮氧化物超标，想分开找老师。"
	const tiles = "想找不同的团队，一是搪玻璃釜爆瓷，二是母液里盐分太高。"
	for _, tt := range []struct{ first, words, problem string }{
		{foil, "说下第二件吧，锅炉那个", "氮氧化物"},
		{foil, "换个话题，先说锅炉的事", "氮氧化物"},
		{foil, "下一件", "氮氧化物"},
		{foil, "先说锅炉的事，一个月总要超十来天", "十来天"},
		{tiles, "咱们先谈谈母液那件吧", "盐分"},
		{tiles, "聊下另一件事", "盐分"},
		{tiles, "第一件是反应釜上的", ""},
		{tiles, "再说爆瓷的事，一年换八台", ""},
		{foil, "锅炉那个先放一放", ""},
	} {
		t.Run(tt.words, func(t *testing.T) {
			t.Parallel()
			for _, card := range []bool{false, true} {
				s := agreed(t)
				s.say(tt.first)
				if card {
					s.toReadBack("没有。")
				}
				got := s.say(tt.words)
				turned := s.state.Active == s.state.Needs[1].ID
				if turned != (tt.problem != "") {
					t.Fatalf("card %v: speaks of %s: %s", card, s.state.Active, got)
				}
				if !turned {
					continue
				}
				if s.asks() == "" || s.state.Needs[0].Status != need.StatusDraft || s.need().Status != need.StatusInterviewing {
					t.Errorf("card %v: %s, %s: %s", card, s.state.Needs[0].Status, s.need().Status, got)
				}
				if all := s.texts(need.KeyProblem); !strings.Contains(all, tt.problem) || strings.Contains(all, "件") || strings.Contains(all, "话题") || strings.Contains(all, "先说") {
					t.Errorf("card %v: problem %q", card, all)
				}
				for _, item := range s.state.Needs[0].Field(need.KeyProblem).Items {
					if strings.Contains(item.Value.Text, tt.words) {
						t.Errorf("stored with the first need: %s", item.Value.Text)
					}
				}
				s.holds()
			}
		})
	}
}
