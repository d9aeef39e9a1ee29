package need_test

import (
	"testing"

	"tanxu/need"
)

// TestFollow holds what a need takes from a file that is read again.
func TestFollow(t *testing.T) {
	t.Parallel()
	const ref = "document:d1#"
	said := func(k need.Key, text, place string) need.Event {
		return need.Event{
			Kind: need.ValueSet, By: need.System, Need: "n", Key: k, Source: need.FromDocument,
			Item: &need.Item{Value: need.Value{Text: text}, Evidence: []need.Evidence{{Ref: place, Quote: text}}},
		}
	}
	row := func(name, target string) need.Event {
		return need.Event{Kind: need.RowSet, By: need.System, Need: "n", Row: &need.Indicator{
			ID: "i" + name, Name: name, Target: &need.Quantity{Text: target}, Status: need.Filled, Evidence: []need.Evidence{{Ref: ref + "cell=C2"}},
		}}
	}
	byHand := func(e need.Event) need.Event { e.By = "broker:1"; return e }
	status := func(s need.Status) need.Event {
		return need.Event{Kind: need.StatusChanged, By: "broker:1", Need: "n", To: string(s)}
	}
	problem, goal := said(need.KeyProblem, "导电率低", ref+"cell=B2"), said(need.KeyExpectedGoal, "做到80%IACS", ref+"cell=D2")
	tests := map[string]struct {
		past, says []need.Event
		other      bool // another need was made of the document
		goal, rate string
	}{
		"what is missing comes in":                   {[]need.Event{problem}, []need.Event{problem, goal, row("导电率", "80")}, false, "做到80%IACS", "80"},
		"it does from a file that says the same":     {[]need.Event{problem}, []need.Event{problem, goal}, true, "做到80%IACS", ""},
		"what the file alone said is replaced":       {[]need.Event{problem, goal, row("导电率", "76")}, []need.Event{said(need.KeyExpectedGoal, "做到82%IACS", ref+"cell=E2"), row("导电率", "82")}, false, "做到82%IACS", "82"},
		"or goes with its column":                    {[]need.Event{problem, goal, row("导电率", "80")}, []need.Event{problem}, false, "", ""},
		"but not because of another file":            {[]need.Event{problem, goal, row("导电率", "80")}, []need.Event{row("抗拉强度", "520")}, true, "做到80%IACS", "80"},
		"what a broker said stays":                   {[]need.Event{problem, goal, byHand(said(need.KeyExpectedGoal, "另定", ""))}, []need.Event{problem}, false, "做到80%IACS", ""},
		"what a broker took out stays out":           {[]need.Event{goal, byHand(need.Event{Kind: need.ValueRetracted, Need: "n", Key: need.KeyExpectedGoal}), row("导电率", "80"), byHand(need.Event{Kind: need.RowRemoved, Need: "n", Row: &need.Indicator{ID: "i导电率"}})}, []need.Event{goal, row("导电率", "80")}, false, "", ""},
		"what the contact has accepted stays":        {[]need.Event{problem, {Kind: need.ReadBackAccepted, By: need.Contact, Need: "n"}}, []need.Event{goal, row("导电率", "80")}, false, "", ""},
		"a published need is left alone":             {[]need.Event{problem, status(need.StatusPublished)}, []need.Event{goal}, false, "", ""},
		"one that was returned for more is not":      {[]need.Event{problem, status(need.StatusReturned)}, []need.Event{goal}, false, "做到80%IACS", ""},
		"the same file again changes nothing at all": {[]need.Event{problem, goal, row("导电率", "80")}, []need.Event{problem, goal, row("导电率", "80")}, false, "做到80%IACS", "80"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			n := need.Fold("n", tt.past)
			list := n.Follow(need.Reread{Draft: need.Fold("n", tt.says), Ref: ref, Own: !tt.other}, tt.past, need.Deed{By: need.System})
			if name == "the same file again changes nothing at all" && len(list) > 0 {
				t.Errorf("events %+v", list)
			}
			for _, e := range list {
				n.Apply(e)
			}
			got := ""
			if f := n.Fields[need.KeyExpectedGoal]; f != nil && len(f.Items) > 0 {
				got = f.Items[0].Value.Text
			}
			rate := ""
			for _, r := range n.Indicators {
				if r.Name == "导电率" {
					rate = r.Target.Text
				}
			}
			if got != tt.goal || rate != tt.rate {
				t.Errorf("goal %q and rate %q, want %q and %q", got, rate, tt.goal, tt.rate)
			}
		})
	}
}
