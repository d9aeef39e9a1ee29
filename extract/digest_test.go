package extract_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"tanxu/extract"
	"tanxu/need"
)

func TestDigest(t *testing.T) {
	t.Parallel()
	n := extract.FromText(extract.NewRules(), "铜带导电率提升",
		"我们生产铜带，退火以后铜带导电率上不去，客户退了三批。导电率现在76%IACS，要求不低于80%IACS。不能更换熔炼炉。", time.Now())
	abstract := n.Suggested[need.KeyAbstract].Value
	if strings.Contains(abstract, "铜") || !strings.Contains(abstract, "导电率") || !strings.Contains(abstract, "80") {
		t.Errorf("abstract %q", abstract)
	}
	summary := n.Suggested[need.KeySummary].Value
	if lines := strings.Split(summary, "\n"); len(lines) < 2 || len(lines) > 3 || !strings.Contains(summary, "上不去") {
		t.Errorf("summary %q", summary)
	}
	words := strings.Split(n.Suggested[need.KeyKeywords].Value, "、")
	if len(words) == 0 || len(words) > 5 || !slices.Contains(words, "铜带") {
		t.Errorf("keywords %q", words)
	}
	for _, k := range []need.Key{need.KeyAbstract, need.KeySummary, need.KeyKeywords} {
		if n.Suggested[k].Why == "" {
			t.Errorf("%s has no reason", k)
		}
	}
}

func TestDigestOfNothingIsNothing(t *testing.T) {
	t.Parallel()
	if got := extract.Digest(&need.Need{}); len(got) != 0 {
		t.Errorf("%+v", got)
	}
}
