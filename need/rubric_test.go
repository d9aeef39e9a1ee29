package need_test

import (
	"slices"
	"testing"

	"tanxu/need"
)

// described returns a need whose listed fields are filled, with these rows.
func described(rows []*need.Indicator, keys ...need.Key) *need.Need {
	n := need.Fold("n1", nil)
	for _, k := range keys {
		n.Field(k).Status = need.Filled
	}
	n.Indicators = rows
	return n
}

func row(id, condition string) *need.Indicator {
	return &need.Indicator{
		ID: id, Name: "针孔数", Unit: "个/m²", Condition: condition,
		Current: &need.Quantity{Text: "12", Num: 12}, Target: &need.Quantity{Text: "3", Num: 3},
	}
}

func TestQuality(t *testing.T) {
	t.Parallel()

	all := need.Keys()
	two := []*need.Indicator{row("i1", "卷材离线检测"), row("i2", "卷材离线检测")}
	tests := map[string]struct {
		need        *need.Need
		score       int
		missing     []string
		publishable bool
	}{
		"nothing known":                       {described(nil), 0, []string{"indicator", "problem"}, false},
		"everything known":                    {described(two, all...), 100, nil, true},
		"a row without condition":             {described([]*need.Indicator{row("i1", "卷材离线检测"), row("i2", "")}, all...), 95, []string{"condition:i2"}, true},
		"all fields, but no row":              {described(nil, all...), 60, []string{"indicator"}, false},
		"rows and the scene, no fields":       {described(two, need.KeyProblem, need.KeyScene), 60, []string{"tried", "budget"}, false},
		"a name alone is no quantified row":   {described([]*need.Indicator{{ID: "i1", Name: "强度"}}, all...), 60, []string{"target:i1", "unit:i1", "current:i1", "condition:i1"}, false},
		"a third row does not lower anything": {described(append(slices.Clone(two), row("i3", "")), all...), 100, []string{"condition:i3"}, true},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			got := tt.need.Quality()
			if got.Score != tt.score {
				t.Errorf("score = %d, want %d; parts %v", got.Score, tt.score, got.Parts)
			}
			for _, key := range tt.missing {
				if !slices.Contains(got.Missing, key) {
					t.Errorf("missing = %v, want %q among them", got.Missing, key)
				}
			}
			if got := tt.need.Publishable(); got != tt.publishable {
				t.Errorf("publishable = %v, want %v", got, tt.publishable)
			}
		})
	}
}

func TestAConflictKeepsANeedBack(t *testing.T) {
	t.Parallel()

	for name, tt := range map[string]struct {
		field need.Key
		row   bool
		want  string
	}{
		"two budgets": {field: need.KeyBudget, want: "conflict:budget"},
		"two targets": {row: true, want: "conflict:i2"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			n := described([]*need.Indicator{row("i1", "25 ℃"), row("i2", "25 ℃")}, need.Keys()...)
			if tt.row {
				n.Indicators[1].Status = need.Conflicting
			} else {
				n.Field(tt.field).Status = need.Conflicting
			}
			if got := n.Quality(); got.Score < need.PublishScore || len(got.Missing) != 1 || got.Missing[0] != tt.want {
				t.Errorf("quality = %+v, want %s alone missing", got, tt.want)
			}
			if n.Publishable() {
				t.Error("it may be published")
			}
		})
	}
}

func TestQualityOfRefusal(t *testing.T) {
	t.Parallel()

	n := described([]*need.Indicator{row("i1", "25 ℃"), row("i2", "25 ℃")}, need.Keys()...)
	n.Field(need.KeyBudget).Status = need.Declined
	got := n.Quality()
	if slices.Contains(got.Missing, "budget") {
		t.Errorf("missing = %v: a declined budget must not be asked again", got.Missing)
	}
	if got.Score >= 100 || got.Score < 95 {
		t.Errorf("score = %d, want a little under 100", got.Score)
	}
}
