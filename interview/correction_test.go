package interview_test

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"tanxu/interview"
	"tanxu/need"
)

// readBack is a session in which the card of a need was shown.
func readBack(t *testing.T) *session {
	t.Helper()
	answers := map[need.Key]string{
		need.KeyScene:       "新能源电机壳体，压铸后机加工。去年换过一条新线。",
		need.KeyIndicator:   "气孔率现在3.5%，要降到1%以内。",
		need.KeyRootCause:   "怀疑是模具排气不好。",
		need.KeyConstraints: "设备不能换；节拍不能超过60秒。",
		need.KeyDeadline:    "10个月内。",
	}
	s := agreed(t)
	s.say("压铸件机加工后漏气，每月报废三百个。")
	for range 30 {
		if s.card() != nil {
			return s
		}
		k := s.asks()
		s.say(cmp.Or(answers[k], "没有。"))
		delete(answers, k)
	}
	t.Fatalf("no read-back: %s", s.text())
	return nil
}

// number is the number under which the card shows a line.
func (s *session) number(key string) string {
	s.t.Helper()
	for _, l := range s.card().Lines {
		if l.Key == key {
			return "第" + strconv.Itoa(l.Number) + "条"
		}
	}
	s.t.Fatalf("no line %s: %s", key, s.text())
	return ""
}

// texts are the words of a field.
func (s *session) texts(k need.Key) string {
	var out []string
	for _, item := range s.field(k).Items {
		out = append(out, item.Value.Text)
	}
	return strings.Join(out, "|")
}

func TestACorrectionNamesItsField(t *testing.T) {
	t.Parallel()

	for words, tt := range map[string]struct {
		key  need.Key
		want string
	}{
		"原因判断应该是浇注温度波动太大":   {need.KeyRootCause, "浇注温度波动太大"},
		"不对，原因是浇注温度波动太大":    {need.KeyRootCause, "浇注温度波动太大"},
		"决策人就是我":            {need.KeyDecisionOwner, "我"},
		"限制条件：不能涨价，模具不重开":   {need.KeyConstraints, "不能涨价，模具不重开"},
		"约束改为：不能涨价；模具不重开":   {need.KeyConstraints, "不能涨价|模具不重开"},
		"限制条件再加一条：模具不重开":    {need.KeyConstraints, "设备不能换；节拍不能超过60秒|模具不重开"},
		"已试办法改为：换过脱模剂，没有用":  {need.KeyTried, "换过脱模剂，没有用"},
		"把现有基础改成两台压铸机和一台CT": {need.KeyFoundation, "两台压铸机和一台CT"},
		"应用场景去掉换过一条新线":      {need.KeyScene, "压铸件机加工后漏气|新能源电机壳体，压铸后机加工"},
		"场景里的新线那句不要":        {need.KeyScene, "压铸件机加工后漏气|新能源电机壳体，压铸后机加工"},
		"原因判断删掉":            {need.KeyRootCause, ""},
		"把原因判断那条去掉吧":        {need.KeyRootCause, ""},
		"加一条限制条件：模具不重开":     {need.KeyConstraints, "设备不能换；节拍不能超过60秒|模具不重开"},
		"换过一条新线那句去掉":        {need.KeyScene, "压铸件机加工后漏气|新能源电机壳体，压铸后机加工"},
		"去掉换过一条新线":          {need.KeyScene, "压铸件机加工后漏气|新能源电机壳体，压铸后机加工"},
	} {
		t.Run(words, func(t *testing.T) {
			t.Parallel()
			s := readBack(t)
			problem, rows := s.texts(need.KeyProblem), len(s.need().Indicators)
			s.say("完成时限改为明年6月") // a card of one line comes in between
			s.say(words)
			if got := s.texts(tt.key); got != tt.want {
				t.Errorf("%s is %q, not %q: %s", tt.key, got, tt.want, s.text())
			}
			if s.texts(need.KeyProblem) != problem || len(s.need().Indicators) != rows {
				t.Errorf("problem %q, rows %d", s.texts(need.KeyProblem), len(s.need().Indicators))
			}
			s.holds()
		})
	}
}

func TestACorrectionOfTitleMoneyAndRows(t *testing.T) {
	t.Parallel()

	s := readBack(t)
	s.say("完成时限改为明年6月")
	s.say("需求名称改成压铸壳体气孔控制")
	if s.need().Title != "压铸壳体气孔控制" {
		t.Errorf("title %q: %s", s.need().Title, s.text())
	}
	s.say("投入预算应该是20万以内")
	if f := s.field(need.KeyBudget); len(f.Items) != 1 || f.Items[0].Value.Money == nil || f.Items[0].Value.Money.Max != 20 || len(s.need().Indicators) != 1 {
		t.Errorf("budget %+v, rows %+v: %s", f.Items, s.need().Indicators, s.text())
	}
	s.say("气孔率删掉")
	if len(s.need().Indicators) != 0 {
		t.Errorf("rows %+v: %s", s.need().Indicators, s.text())
	}
	s.holds()
}

func TestLinesAreDroppedTogether(t *testing.T) {
	t.Parallel()

	s := readBack(t)
	got := s.say(s.number("root_cause") + "和" + s.number("constraints") + "删掉")
	if s.texts(need.KeyRootCause) != "" || s.texts(need.KeyConstraints) != "" || s.texts(need.KeyScene) == "" {
		t.Errorf("cause %q, limits %q: %s", s.texts(need.KeyRootCause), s.texts(need.KeyConstraints), got)
	}
	if !strings.Contains(got, "删掉了") || s.card() == nil || len(s.card().Lines) < 3 {
		t.Errorf("what stands is not shown: %s", got)
	}
	s.holds()
}

func TestNumbersOfLinesStay(t *testing.T) {
	t.Parallel()

	s := readBack(t)
	cause, limits, scene := s.number("root_cause"), s.number("constraints"), s.number("scene")
	s.say(cause + "不要，删掉")
	if s.texts(need.KeyRootCause) != "" {
		t.Errorf("root cause %q", s.texts(need.KeyRootCause))
	}
	s.say(limits + "改为：设备不能换")
	if s.texts(need.KeyConstraints) != "设备不能换" || s.number("constraints") != limits {
		t.Errorf("constraints %q: %s", s.texts(need.KeyConstraints), s.text())
	}
	s.say(scene + "改为：")
	if !strings.Contains(s.text(), "应用场景") || s.card() != nil {
		t.Errorf("an empty correction: %s", s.text())
	}
	s.say("电机壳体，压铸件")
	if s.texts(need.KeyScene) != "电机壳体，压铸件" {
		t.Errorf("scene %q", s.texts(need.KeyScene))
	}
	s.holds()
}

func TestWordsThatNameNoLineChangeNothing(t *testing.T) {
	t.Parallel()

	for _, words := range []string{"漏气那里再斟酌一下写法吧", "去掉从来没有说过的话", "这一版整体感觉怪怪的"} {
		t.Run(words, func(t *testing.T) {
			t.Parallel()
			s := readBack(t)
			before := len(s.events)
			got := s.say(words)
			if !strings.Contains(got, "您要改哪一项？") {
				t.Errorf("said %s", got)
			}
			if slices.ContainsFunc(s.events[before:], func(e need.Event) bool {
				return e.Kind != need.Asked && e.Kind != need.Noted && e.Kind != need.CommandDropped
			}) {
				t.Errorf("events %+v", s.events[before:])
			}
		})
	}
}

func TestTheLastAnswerIsReplacedAtTheReadBack(t *testing.T) {
	t.Parallel()

	s := agreed(t)
	s.say("我们做压铸壳体，机加工后漏气，每月报废三百个。")
	s.until(need.KeyRootCause, "没有。")
	s.say("怀疑是模具排气不好。")
	s.say("先到这里吧，我还有会")
	if s.card() == nil {
		t.Fatalf("no card: %s", s.text())
	}
	former := need.MessageID("m" + strconv.Itoa(len(s.said)-1))
	s.send(interview.Message{Text: "怀疑是浇注温度波动。", Edit: true, Replaces: former})
	if got := s.texts(need.KeyRootCause); !strings.Contains(got, "浇注温度") || strings.Contains(got, "排气") {
		t.Errorf("root cause %q: %s", got, s.text())
	}
	s.holds()
}

func TestALastAnswerWithoutAValueIsReplaced(t *testing.T) {
	t.Parallel()

	s := agreed(t)
	s.say("压铸件机加工后漏气，每月报废三百个。")
	s.until(need.KeyRootCause, "没有。")
	s.say("我不清楚。")
	text := s.instead("上一条改为：怀疑是模具排气不好。")
	if got := s.texts(need.KeyRootCause); !strings.Contains(got, "排气") || strings.Contains(got, "改为") {
		t.Errorf("root cause %q: %s", got, text)
	}
	s.holds()
}

// Behind the number of a line its name may stand, or what was wrong with it.
func TestANumberAndANameAreOneLabel(t *testing.T) {
	t.Parallel()

	for words, tt := range map[string]struct {
		key  need.Key
		want string
	}{
		"%s，决策人是我们总经理刘总":   {need.KeyDecisionOwner, "我们总经理刘总"},
		"%s不对，是浇注温度波动太大":   {need.KeyRootCause, "浇注温度波动太大"},
		"%s写的不对，原因是浇注温度波动": {need.KeyRootCause, "浇注温度波动"},
		"%s，原因应该是脱模剂喷多了":   {need.KeyRootCause, "脱模剂喷多了"},
	} {
		t.Run(words, func(t *testing.T) {
			t.Parallel()
			s := readBack(t)
			got := s.say(strings.ReplaceAll(words, "%s", s.number("root_cause")))
			if s.texts(tt.key) != tt.want || strings.Contains(got, "您要改哪一项") {
				t.Errorf("%s is %q: %s", tt.key, s.texts(tt.key), got)
			}
			s.holds()
		})
	}
}

// Who wants no purchase gets none, at the card and after it.
func TestAReferralIsDropped(t *testing.T) {
	t.Parallel()

	for _, words := range []string{"不要按采购，我们要的是委托研发", "别走采购，我们是要合作研发的", "采购对接删掉"} {
		for _, submitted := range []bool{false, true} {
			s := agreed(t)
			s.say("竹地板的胶甲醛老超标，去年退了三个柜，有现成的机器直接买就行。")
			s.toReadBack("没有。")
			if len(s.need().Routes) != 1 {
				t.Fatalf("routes %+v", s.need().Routes)
			}
			if submitted {
				s.say("确认无误")
			}
			got := s.say(words)
			if len(s.need().Routes) != 0 || strings.Contains(got, "您要改哪一项") || strings.Contains(got, "采购对接") {
				t.Errorf("%s: routes %+v: %s", words, s.need().Routes, got)
			}
			if mode := s.texts(need.KeyCoopMode); strings.Contains(words, "研发") && !strings.Contains(mode, "研发") || mode == "采购" {
				t.Errorf("%s: way of working %q", words, mode)
			}
			s.holds()
		}
	}
}
