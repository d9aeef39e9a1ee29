package need_test

import (
	"testing"
	"time"

	"tanxu/need"
)

func TestFold(t *testing.T) {
	t.Parallel()
	const id = need.ID("n1")
	at := time.Date(2026, 11, 24, 8, 0, 0, 0, time.UTC)
	text := func(s string) *need.Item {
		return &need.Item{Value: need.Value{Text: s}, Evidence: []need.Evidence{{Ref: "message:m1", End: len([]rune(s)), Quote: s}}}
	}
	row := func(target float64) *need.Indicator {
		return &need.Indicator{ID: "i1", Name: "导电率", Op: need.AtLeast, Unit: "%IACS", Target: &need.Quantity{Num: target}, Status: need.Filled}
	}
	tests := map[string]struct {
		events []need.Event
		ok     func(*need.Need) bool
	}{
		"statements of a text add up": {
			[]need.Event{{Kind: need.ValueSet, Key: need.KeyProblem, Item: text("导电率低")}, {Kind: need.ValueSet, Key: need.KeyProblem, Item: text("客户退货")}},
			func(n *need.Need) bool {
				f := n.Field(need.KeyProblem)
				return len(f.Items) == 2 && f.Status == need.Filled && f.Source == need.FromContact
			},
		},
		"a code is replaced, the old one is kept": {
			[]need.Event{{Kind: need.ValueSet, Key: need.KeyCoopMode, Item: text("委托研发")}, {Kind: need.ValueSet, Key: need.KeyCoopMode, Item: text("合作研发")}},
			func(n *need.Need) bool {
				f := n.Field(need.KeyCoopMode)
				return len(f.Items) == 1 && f.Items[0].Value.Text == "合作研发" && len(f.Past) == 1
			},
		},
		"a conflict keeps both": {
			[]need.Event{{Kind: need.ValueSet, Key: need.KeyIPTerms, Item: text("企业")}, {Kind: need.ConflictFound, Key: need.KeyIPTerms, Item: text("共有")}},
			func(n *need.Need) bool {
				f := n.Field(need.KeyIPTerms)
				return len(f.Items) == 2 && f.Status == need.Conflicting
			},
		},
		"what is withdrawn is missing again": {
			[]need.Event{{Kind: need.ValueSet, Key: need.KeyScene, Item: text("带材")}, {Kind: need.ValueRetracted, Key: need.KeyScene}},
			func(n *need.Need) bool {
				f := n.Field(need.KeyScene)
				return len(f.Items) == 0 && f.Status == need.Missing && len(f.Past) == 1
			},
		},
		"a row is replaced by its id": {
			[]need.Event{{Kind: need.RowSet, Row: row(80)}, {Kind: need.RowSet, Row: row(82)}},
			func(n *need.Need) bool {
				return len(n.Indicators) == 1 && n.Indicators[0].Target.Num == 82 && n.Indicators[0].Past[0].Target.Num == 80
			},
		},
		"the read-back confirms what is filled, and nothing else": {
			[]need.Event{
				{Kind: need.ValueSet, Key: need.KeyScene, Item: text("带材")}, {Kind: need.RowSet, Row: row(80)},
				{Kind: need.FieldMarked, Key: need.KeyBudget, Status: need.Declined}, {Kind: need.ReadBackAccepted},
			},
			func(n *need.Need) bool {
				return n.Confirmed && n.Field(need.KeyScene).Status == need.Confirmed && n.Row("i1").Status == need.Confirmed &&
					n.Field(need.KeyBudget).Status == need.Declined
			},
		},
		"a later value takes the confirmation back": {
			[]need.Event{{Kind: need.ReadBackAccepted}, {Kind: need.ValueSet, Key: need.KeyScene, Item: text("带材")}},
			func(n *need.Need) bool { return !n.Confirmed },
		},
		"events of the conversation and of other needs do not count": {
			[]need.Event{{Kind: need.NeedSwitched}, {Kind: need.ValueSet, Need: "n2", Key: need.KeyScene, Item: text("别的")}},
			func(n *need.Need) bool { return n.Version == 0 && n.Field(need.KeyScene).Status == need.Missing },
		},
		"questions are counted": {
			[]need.Event{{Kind: need.Asked, Keys: []need.Key{need.KeyTried}}, {Kind: need.Asked, Keys: []need.Key{need.KeyTried}, Probe: true}},
			func(n *need.Need) bool {
				f := n.Field(need.KeyTried)
				return f.Asks == 2 && f.Probes == 1 && n.Version == 2
			},
		},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for i := range tt.events {
				tt.events[i].At = at
				if tt.events[i].Need == "" {
					tt.events[i].Need = id
				}
			}
			if n := need.Fold(id, tt.events); !tt.ok(n) {
				t.Errorf("Fold() = %+v", n)
			}
		})
	}
}

func TestStatusMoves(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		from, to need.Status
		ok       bool
	}{
		"review to published":     {need.StatusReview, need.StatusPublished, true},
		"review to returned":      {need.StatusReview, need.StatusReturned, true},
		"draft is not published":  {need.StatusDraft, need.StatusPublished, false},
		"solved is the end":       {need.StatusSolved, need.StatusReview, false},
		"an unknown goes nowhere": {"lost", need.StatusReview, false},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			err := tt.from.Move(tt.to)
			if (err == nil) != tt.ok || (err != nil && need.KindOf(err) != need.Conflict) {
				t.Errorf("Move() = %v, want ok=%v", err, tt.ok)
			}
		})
	}
}
