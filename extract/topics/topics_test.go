package topics_test

import (
	"os"
	"strings"
	"testing"

	"tanxu/extract/topics"
	"tanxu/need"
)

// TestTheModelIsThatOfTheTexts trains on the texts beside the model. Processors
// round a little differently, so a cell may be off by one.
func TestTheModelIsThatOfTheTexts(t *testing.T) {
	t.Parallel()

	groups, err := topics.ReadGroups(os.DirFS("."))
	if err != nil {
		t.Fatal(err)
	}
	samples := topics.Samples(groups)
	built := topics.BuiltIn()
	if built.Data() != topics.Sum(samples) {
		t.Fatal("model.bin was trained on other texts: go run ./extract/topics/train")
	}
	if testing.Short() {
		return
	}
	got, want := topics.Fit(samples).Encode(), built.Encode()
	if len(got) != len(want) {
		t.Fatalf("training makes %d bytes, model.bin has %d", len(got), len(want))
	}
	const head = 20
	for i := head; i < len(got); i++ {
		if d := int8(got[i]) - int8(want[i]); d < -1 || d > 1 { //nolint:gosec // a byte holds a signed cell
			t.Fatalf("byte %d is %d, training makes %d: go run ./extract/topics/train", i, want[i], got[i])
		}
	}
}

func TestScore(t *testing.T) {
	t.Parallel()

	tests := map[string]struct {
		words, before string
		want          need.Key
	}{
		"what was done":                {"换过两个厂家的密封圈，都不行", "", need.KeyTried},
		"what is meant to be done":     {"打算用超声波清洗", "", need.KeyKeyTech},
		"what is looked for in others": {"希望找做过热处理仿真的高校团队", "", need.KeyPartnerReq},
		"a reason":                     {"怀疑是冷却水压力不够", "铸坯老有裂纹", need.KeyRootCause},
		"what must stay":               {"模具不能改", "", need.KeyConstraints},
		"a figure to reach":            {"合格率从82%提高到95%以上", "", need.KeyIndicator},
		"the market":                   {"随着消费者需求的日益增长", "", topics.Other},
		"small talk":                   {"稍等一下，我接个电话", "", topics.Other},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			s := topics.BuiltIn().Score(topics.Clause{Words: tt.words, Before: tt.before, Opens: tt.before == ""})
			if got, p := s.Best(); got != tt.want {
				t.Errorf("%s is %s (%.2f), want %s (%.2f)", tt.words, got, p, tt.want, s.Of(tt.want))
			}
		})
	}
}

func TestTextsOfTraining(t *testing.T) {
	t.Parallel()

	got, err := topics.ReadSamples(strings.NewReader("好的，<problem+indicator>废品率12%。\n<tried>换过刀，没用。"), 3)
	if err != nil {
		t.Fatal(err)
	}
	if len(got) != 4 || got[1].Words != "废品率12%" || got[1].Before != "好的" || len(got[1].Topics) != 2 || got[0].Topics[0] != topics.Other {
		t.Errorf("first text: %+v", got)
	}
	if got[3].Text != 4 || got[3].Before != "换过刀" || got[3].Topics[0] != need.KeyTried {
		t.Errorf("second text: %+v", got[2:])
	}
	if _, err := topics.ReadSamples(strings.NewReader("<gossip>隔壁倒了"), 0); need.KindOf(err) != need.Invalid {
		t.Errorf("an unknown topic: %v", err)
	}
}

func TestAModelOfAnotherVersionIsRefused(t *testing.T) {
	t.Parallel()

	whole := topics.BuiltIn().Encode()
	if _, err := topics.Decode(whole); err != nil {
		t.Fatal(err)
	}
	for name, b := range map[string][]byte{"empty": nil, "cut": whole[:len(whole)-1], "other mark": append([]byte("topics/9"), whole[8:]...)} {
		if _, err := topics.Decode(b); err == nil {
			t.Errorf("%s: read", name)
		}
	}
}
