package interview_test

import (
	"flag"
	"os"
	"strings"
	"testing"

	"tanxu/need"
)

var update = flag.Bool("update", false, "write the golden files anew")

// TestWholeDialogue holds one whole interview word for word: read the file aloud
// after each change of it.
func TestWholeDialogue(t *testing.T) {
	t.Parallel()

	s := agreed(t)
	var b strings.Builder
	b.WriteString("探需：" + s.text())
	answers := map[need.Key][]string{
		need.KeyScene:       {"壳体外径260毫米，ADC12，2500吨压铸机打的，月产1.8万件，给两家电驱厂配套。"},
		need.KeyProblem:     {"今年前三季度退了2600件，报废加运费一百二十来万。"},
		need.KeyIndicator:   {"泄漏率现在4.5%，要降到1%以内，0.3兆帕气压保压60秒测。", "还有孔隙率，X光按ASTM E505看，现在三级，希望到二级以内。"},
		need.KeyConstraints: {"模具不能重开，节拍不能超过95秒。", "单件成本最多加两块钱。"},
		need.KeyTried:       {"真空压铸试过，漏率降到3%，可是真空阀老堵，停了。"},
		need.KeyRootCause:   {"我猜是浇道卷气，热节那块补缩不够，没验证过。"},
		need.KeyFoundation:  {"压铸机4台，X光机1台，漏的壳子要多少给多少。"},
		need.KeyDeadline:    {"快点吧，客户催得紧。", "明年9月底前，客户要重新审核。"},
		need.KeyBudget:      {"不方便说。"},
		need.KeyCoopMode:    {"一起研发吧，我们出产线。"},
		need.KeyIPTerms:     {"专利共有。"},

		need.KeyConfidentiality: {"能发，厂名和客户名别写。"},
		need.KeyPartnerReq:      {"要做过大型薄壁件的。"},
		need.KeyDecisionOwner:   {"技术上我定，花钱要总经理点头。"},
	}
	tell := func(words string) {
		b.WriteString("\n联系人：" + words + "\n探需：" + s.say(words))
		s.holds()
	}
	tell("你好，我们做新能源车用的铝压铸电机壳，机加完打压老漏气，客户那边退了好几批，想找懂压铸的老师帮忙。")
	for range 25 {
		k := s.asks()
		if k == "" {
			break
		}
		words := "没有别的了。"
		if len(answers[k]) > 0 {
			words, answers[k] = answers[k][0], answers[k][1:]
		}
		tell(words)
	}
	tell("泄漏率那条不对，目标是0.8%以内")
	tell("确认无误")
	const path = "testdata/dialogue.zh.golden"
	if *update {
		if err := os.WriteFile(path, []byte(b.String()), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got := b.String(); got != string(want) {
		t.Errorf("the dialogue has changed; read it, then run with -update:\n%s", got)
	}
}
