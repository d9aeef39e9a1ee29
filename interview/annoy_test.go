package interview_test

import (
	"strings"
	"testing"

	"tanxu/interview"
	"tanxu/need"
)

// One word that there is nothing closes a question that has no more to it.
func TestOneNoIsEnough(t *testing.T) {
	t.Parallel()
	for answer, k := range map[string]need.Key{
		"没有":      need.KeyConstraints,
		"没定":      need.KeyDeadline,
		"还没想":     need.KeyDeadline,
		"没有期限":    need.KeyDeadline,
		"不着急":     need.KeyDeadline,
		"时间上没有要求": need.KeyDeadline,
		"没什么要求":   need.KeyPartnerReq,
		"还没定下来":   need.KeyDecisionOwner,
	} {
		t.Run(answer, func(t *testing.T) {
			t.Parallel()
			s := agreed(t)
			s.say("压出来的陶瓷片老是翘，一个月报废两成。")
			s.until(k, "没有")
			if len(s.out.Say[0].Asks) > 1 { // of several only this one stays open
				s.say(map[need.Key]string{need.KeyDeadline: "一起研发，30万以内。", need.KeyDecisionOwner: "成果归我们。"}[k])
			}
			s.say(answer)
			if s.asks() == k {
				t.Fatalf("asked again: %s", s.text())
			}
			if f := s.field(k); f.Status != need.Unknown {
				t.Errorf("%s %+v", f.Status, f.Items)
			}
		})
	}
}

// A line is corrected by its number, also without a verb; where the words are for
// a part of it, it is shown and asked for.
func TestALineIsCorrectedByItsNumber(t *testing.T) {
	t.Parallel()
	for answer, want := range map[string]string{
		"第2条，陶瓷片烧完四个角往上翘":     "陶瓷片烧完四个角往上翘",
		"第二条改成陶瓷片烧完四个角往上翘":    "陶瓷片烧完四个角往上翘",
		"2、不对，应该是陶瓷片烧完四个角往上翘": "陶瓷片烧完四个角往上翘",
		"2：陶瓷片烧完四个角往上翘":       "陶瓷片烧完四个角往上翘",
	} {
		t.Run(answer, func(t *testing.T) {
			t.Parallel()
			s := agreed(t)
			s.say("压出来的陶瓷片老是翘，一个月报废两成。")
			s.say("结束")
			s.say(answer)
			if f := s.field(need.KeyProblem); len(f.Items) != 1 || f.Items[0].Value.Text != want {
				t.Errorf("%+v; %s", f.Items, s.text())
			}
		})
	}
	s := agreed(t)
	s.say("压出来的陶瓷片老是翘，一个月报废两成。")
	s.say("结束")
	if text := s.say("第2条，两成不对，应该是一成半"); !strings.Contains(text, "现在记的是“压出来的陶瓷片老是翘") {
		t.Errorf("the line is not shown: %s", text)
	}
	if s.say("第2条没问题"); s.card() == nil || s.state.Phase != interview.PhaseConfirming {
		t.Errorf("praise is no correction: %s", s.text())
	}
}

func TestNothingIsSaidTwiceInAnAcknowledgement(t *testing.T) {
	t.Parallel()
	s := agreed(t)
	s.say("压出来的陶瓷片老是翘，一个月报废两成。")
	s.until(need.KeyConfidentiality, "没有")
	if text := s.say("公开吧，可以公开。"); strings.Count(text, "“公开”") != 1 {
		t.Errorf("said %s", text)
	}
	s = agreed(t)
	s.say("压出来的陶瓷片老是翘，一个月报废两成。")
	s.until(need.KeyIndicator, "没有")
	text := s.say("翘曲现在0.35毫米，要到0.1毫米以内；孔隙率现在3%，要到1%以下；抗弯强度现在320兆帕，要到400兆帕以上。")
	for _, name := range []string{"翘曲", "孔隙率", "抗弯强度"} {
		if !strings.Contains(text, name) {
			t.Errorf("%s is not said back: %s", name, text)
		}
	}
}

// Who owns the results and who decides may be said in one breath.
func TestOwnersInOneBreath(t *testing.T) {
	t.Parallel()
	for answer, terms := range map[string]string{
		"归我们吧，我说了算":      "企业",
		"共有吧，我定":         "共有",
		"专利两家共有，最后总经理拍板": "共有",
	} {
		s := agreed(t)
		s.say("压出来的陶瓷片老是翘，一个月报废两成。")
		s.until(need.KeyIPTerms, "没有")
		s.say(answer)
		if f := s.field(need.KeyIPTerms); len(f.Items) != 1 || f.Items[0].Value.Text != terms {
			t.Errorf("%s: %+v", answer, f.Items)
		}
		if f := s.field(need.KeyDecisionOwner); len(f.Items) != 1 {
			t.Errorf("%s: %+v", answer, f.Items)
		}
		if k := s.asks(); k == need.KeyIPTerms || k == need.KeyDecisionOwner {
			t.Errorf("%s: asked again: %s", answer, s.text())
		}
	}
}
