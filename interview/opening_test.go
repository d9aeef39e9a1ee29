package interview_test

import (
	"strings"
	"testing"

	"tanxu/interview"
	"tanxu/need"
)

// Titles before any number is known are names of things in the words of the
// trade, never pieces of talk.
func TestTitlesOfComplaints(t *testing.T) {
	t.Parallel()
	for opening, want := range map[string]string{
		"喷涂件老起橘皮，客户不收":                "喷涂件起橘皮问题",
		"我们做不锈钢保温杯的，抽真空后总有漏的":         "不锈钢保温杯抽真空后漏问题",
		"那个，就是我们这个铝型材挤出来表面有麻点，愁死人":    "铝型材表面麻点问题",
		"咱家做粉条的，一煮就断条，卖不上价":           "粉条断条问题",
		"要怎么样才能把电池的循环寿命再提高一点呢":        "电池循环寿命提高",
		"我们那个退火炉太费气了":                 "退火炉气耗降低",
		"锅炉烟气脱硝后氨逃逸高，空预器堵得厉害":         "锅炉烟气脱硝后氨逃逸降低",
		"老板让我来填这个，说是要搞智能化":            "待明确的技术需求",
		"你们能帮我们找到做高温合金粉末的专家吗":         "高温合金粉末技术需求",
		"我们就是没订单，能不能介绍几个客户，技术上没什么问题的": "市场对接",
	} {
		t.Run(opening, func(t *testing.T) {
			t.Parallel()
			s := agreed(t)
			s.say(opening)
			if got := s.need().Title; got != want {
				t.Errorf("title %q, want %q", got, want)
			}
		})
	}
}

// Adjectives alone are asked for the product and the process, then for a number.
func TestAnOpeningOfAdjectives(t *testing.T) {
	t.Parallel()
	for _, opening := range []string{"效率低，质量不稳定", "成本太高了，想降下来", "产品合格率不高"} {
		t.Run(opening, func(t *testing.T) {
			t.Parallel()
			s := agreed(t)
			s.say(opening)
			if s.asks() != need.KeyScene {
				t.Errorf("asks %s first: %s", s.asks(), s.text())
			}
			s.say("汽车内饰的注塑件，门板那一类，注塑工序，一年八十万套。")
			if s.asks() != need.KeyIndicator {
				t.Errorf("asks %s then: %s", s.asks(), s.text())
			}
		})
	}
}

func TestTwoProblemsInOneBreath(t *testing.T) {
	t.Parallel()
	for opening, want := range map[string][2]string{
		"我们做螺栓的一个是镀锌层起泡还有一个是搓丝机老断牙想一块解决了": {"镀锌层起泡", "搓丝机老断牙"},
		"玻璃瓶退火炉太费气了另外还想把火头瑕疵自动检出来":        {"退火炉太费气", "火头瑕疵"},
		"一是毛刺多二是尺寸超差，都是同一个壳体":             {"毛刺多", ""},
	} {
		t.Run(opening, func(t *testing.T) {
			t.Parallel()
			s := agreed(t)
			s.say(opening)
			if n := len(s.state.Needs); n == 2 != (want[1] != "") {
				t.Fatalf("%d needs", n)
			}
			for i, n := range s.state.Needs {
				if !holds(n.Field(need.KeyProblem), want[i]) {
					t.Errorf("need %d is %+v", i, n.Field(need.KeyProblem).Items)
				}
			}
			s.say("一个月报废两三吨")
			if first := s.state.Needs[0]; !holds(first.Field(need.KeyProblem), "两三吨") {
				t.Errorf("the answer went elsewhere: %+v", first.Field(need.KeyProblem).Items)
			}
			s.holds()
		})
	}
}

// What the contact asks is answered, and the question comes back.
func TestQuestionsOfTheContact(t *testing.T) {
	t.Parallel()
	tests := map[string]struct{ asked, says, hears string }{
		"what it means":       {"indicator", "这个是啥意思", "就是能测出来的数"},
		"not understood":      {"constraints", "没听懂，您说清楚点", "不许碰"},
		"question marks only": {"tried", "？？？", "走过的路"},
		"can it be done":      {"tried", "你们能做吗", "专家"},
		"what it costs":       {"indicator", "要多少钱啊", "报不了价"},
		"what is usual":       {"constraints", "一般别人家都怎么弄的？", "拿主意"},
		"a face":              {"indicator", "😂😂", "表情"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := agreed(t)
			s.say(opening)
			s.until(need.Key(tt.asked), "没有。")
			got := s.say(tt.says)
			if !strings.Contains(got, tt.hears) || s.asks() != need.Key(tt.asked) {
				t.Errorf("asks %s after: %s", s.asks(), got)
			}
			if f := s.field(need.Key(tt.asked)); f.Status != need.Missing {
				t.Errorf("%s is %s, %q", tt.asked, f.Status, f.Raw)
			}
			s.holds()
		})
	}
}

// A topic that is refused in passing is closed; the question stays.
func TestARefusedTopicIsNeverAsked(t *testing.T) {
	t.Parallel()
	s := agreed(t)
	s.say(opening)
	s.until(need.KeyConstraints, "没有。")
	s.say("钱的事先别谈")
	if s.field(need.KeyBudget).Status != need.Declined || s.asks() != need.KeyConstraints {
		t.Fatalf("budget %s, asks %s", s.field(need.KeyBudget).Status, s.asks())
	}
	for range 25 {
		if s.card() != nil {
			return
		}
		for _, say := range s.out.Say {
			for _, k := range say.Asks {
				if k == need.KeyBudget {
					t.Fatalf("asked for money: %s", say.Text)
				}
			}
		}
		s.say("没有。")
	}
	t.Error("no read-back")
}

// Who has no more to tell of a matter is not asked for it again.
func TestNoMoreEndsTheLadder(t *testing.T) {
	t.Parallel()
	for _, words := range []string{"没有了", "就这些吧", "其他没了", "没了没了", "暂时就这么多", "nothing else"} {
		t.Run(words, func(t *testing.T) {
			t.Parallel()
			s := agreed(t)
			s.say(opening)
			s.until(need.KeyIndicator, "没有。")
			s.say("气孔率现在3.5%，要降到1%以内，按批抽测。")
			if s.asks() != need.KeyIndicator {
				t.Fatalf("asks %s", s.asks())
			}
			s.say(words)
			for range 25 {
				for _, say := range s.out.Say {
					if len(say.Asks) > 0 && say.Asks[0] == need.KeyIndicator && strings.Contains(say.Text, "别的指标") {
						t.Fatalf("asked again: %s", say.Text)
					}
				}
				if s.card() != nil {
					break
				}
				s.say("没有。")
			}
		})
	}
}

// An answer to another question lands in its field, and the question is asked
// once more in other words.
func TestTheOpenQuestionComesBackInOtherWords(t *testing.T) {
	t.Parallel()
	s := agreed(t)
	s.say(opening)
	s.until(need.KeyRootCause, "没有。")
	before := s.text()
	s.say("明年六月前必须搞定，预算五十到八十万。")
	if s.field(need.KeyDeadline).Status != need.Filled || s.field(need.KeyBudget).Status != need.Filled || s.field(need.KeyRootCause).Status != need.Missing {
		t.Errorf("deadline %s, budget %s, cause %s", s.field(need.KeyDeadline).Status, s.field(need.KeyBudget).Status, s.field(need.KeyRootCause).Status)
	}
	if got := s.text(); s.asks() != need.KeyRootCause || got == before {
		t.Errorf("asks %s: %s", s.asks(), got)
	}
	s.say("样件要多少给多少。")
	if s.asks() == need.KeyRootCause {
		t.Errorf("asked a third time: %s", s.text())
	}
	if s.state.Owner != interview.OwnerBot {
		t.Error("the bot let go")
	}
}
