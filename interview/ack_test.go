package interview_test

import (
	"strings"
	"testing"

	"tanxu/need"
)

// What is quoted back is what the contact came for, not a side of it.
func TestTheTroubleIsQuotedBack(t *testing.T) {
	t.Parallel()
	for said, want := range map[string]string{
		"我们是做竹缠绕管的，管壁层间老是脱开，打压到0.8兆帕就渗，一个月总有七八根报废。": "管壁层间老是脱开",
		"上个月退了三车，粉条一煮就断，客户天天打电话。":                   "粉条一煮就断",
		"一年赔进去四十万，琉璃瓦入冬以后釉面成片剥落。":                   "琉璃瓦入冬以后釉面成片剥落",
	} {
		s := agreed(t)
		if text := s.say(said); !strings.Contains(text, want) {
			t.Errorf("%q: %s", said, text)
		}
	}
}

// Of an answer, the part is quoted that answers.
func TestTheAnswerIsQuotedBack(t *testing.T) {
	t.Parallel()
	s := agreed(t)
	s.say("我们做竹缠绕管，管壁层间老是脱开。")
	s.until(need.KeyTried, "不清楚")
	if text := s.say("换过进口胶，贵了一倍，好一点，也试过烘干篾片。"); strings.Contains(text, "“贵了一倍”") {
		t.Error(text)
	}
}
