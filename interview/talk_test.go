package interview_test

import (
	"strings"
	"testing"

	"tanxu/need"
)

// Words about the talk itself are no value: they get an apology and the question
// again.
func TestTalkAboutTheTalkIsNoValue(t *testing.T) {
	t.Parallel()

	for _, words := range []string{"等等，你把我刚讲的记到哪儿了？", "这个我刚才不是说过了吗", "你是不是记错了？", "等一下"} {
		s := agreed(t)
		s.say(opening)
		s.until(need.KeyFoundation, "没有。")
		before := len(s.state.Asked)
		got := s.say(words)
		if len(s.field(need.KeyFoundation).Items) != 0 || s.asks() != need.KeyFoundation || !strings.Contains(got, "抱歉") || len(s.state.Asked) != before {
			t.Errorf("%s: %+v; %s", words, s.field(need.KeyFoundation).Items, got)
		}
	}
	s := agreed(t)
	s.say(opening)
	s.until(need.KeyFoundation, "没有。")
	s.say("我刚才说过了，有两台压铸机和一台CT。")
	if len(s.field(need.KeyFoundation).Items) == 0 {
		t.Errorf("an answer with a remark is lost: %s", s.text())
	}
}

func TestWhatIsQuotedBack(t *testing.T) {
	t.Parallel()

	for words, quoted := range map[string]bool{
		"天天都有吧": false,
		"就是铸造嘛": false,
		"浇注温度波动太大，卷气排不出去":     true,
		"我们试过把真空度提到50毫巴，没见好转": true,
	} {
		s := agreed(t)
		s.say(opening)
		s.until(need.KeyTried, "没有。")
		if got := s.say(words); quoted != strings.Contains(got, "”记") {
			t.Errorf("%s: %s", words, got)
		}
	}
}

// What is quoted of first words is the trouble, without what leads up to it.
func TestWhatIsQuotedOfFirstWords(t *testing.T) {
	t.Parallel()

	for words, want := range map[string]string{
		"我奶奶那会儿就做豆豉了，如今最愁的就是豆豉的霉点，客户老退。": "“豆豉的霉点”",
		"我们雨伞老是漏水，客户意见很大。":               "“雨伞老是漏水”",
		"主要是焊缝那里渗油，一年退4000件。":            "“焊缝那里渗油”",
	} {
		s := agreed(t)
		if got := s.say(words); !strings.Contains(got, want) {
			t.Errorf("%s: %s", words, got)
		}
	}
}

// Who is tired of what his plant turns out tells of a problem; who is tired of
// questions tells of none.
func TestTiredOfThePlantIsNoComplaintOfUs(t *testing.T) {
	t.Parallel()

	for words, problem := range map[string]string{
		"厂里瓷砖烧出来老是一头大一头小，烦死了": "一头大一头小",
		"烦死了，丝锥老断在孔里":         "丝锥老断",
		"毛巾洗两次就掉毛，真烦人，太烦了":    "掉毛",
		"唉你好，榨油的滤布老堵，烦死人了":    "滤布老堵",
		"烦死了，问个没完":            "",
		"你烦不烦":                "",
		"真是烦死了":               "",
		"唉你好，厂里事多":            "",
		"哎，您好":                "",
	} {
		t.Run(words, func(t *testing.T) {
			t.Parallel()
			s := agreed(t)
			got := s.say(words)
			if problem == "" {
				if len(s.state.Needs) > 0 && len(s.field(need.KeyProblem).Items) > 0 {
					t.Errorf("problem %q: %s", s.texts(need.KeyProblem), got)
				}
				return
			}
			if said := s.texts(need.KeyProblem); !strings.Contains(said, problem) || strings.Contains(said, "烦") || strings.Contains(got, "烦") || strings.Contains(said, "你好") || strings.Contains(got, "抱歉") {
				t.Errorf("problem %q: %s", said, got)
			}
			s.holds()
		})
	}
}

func TestAGreetingInFrontIsNoPartOfTheProblem(t *testing.T) {
	t.Parallel()

	s := agreed(t)
	s.say("唉你好，厂里事多")
	s.say("我们的面条一烘就断，断条率百分之八。")
	if said := s.texts(need.KeyProblem); !strings.Contains(said, "断") || strings.Contains(said, "你好") || strings.Contains(said, "事多") {
		t.Errorf("problem %q: %s", said, s.text())
	}
	s.holds()
}
