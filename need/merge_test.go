package need_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"tanxu/need"
)

// desk are needs that brokers merge and take apart, by their events.
type desk struct {
	events map[need.ID][]need.Event
	centre map[need.ID]need.CentrePath
	clock  time.Time
}

func newDesk() *desk {
	return &desk{map[need.ID][]need.Event{}, map[need.ID]need.CentrePath{}, time.Date(2026, 11, 25, 9, 0, 0, 0, time.UTC)}
}

func (d *desk) add(id need.ID, centre need.CentrePath, events ...need.Event) {
	d.centre[id] = centre
	d.put(id, append([]need.Event{{Kind: need.NeedStarted, Note: "高导铜合金带材"}}, events...))
}

func (d *desk) put(id need.ID, list []need.Event) {
	for _, e := range list {
		d.clock = d.clock.Add(time.Minute)
		e.Need = id
		if e.At.IsZero() {
			e.At = d.clock
		}
		d.events[id] = append(d.events[id], e)
	}
}

func (d *desk) side(id need.ID) need.Side {
	return need.Side{Need: need.Fold(id, d.events[id]), Centre: d.centre[id], Events: d.events[id]}
}

func (d *desk) deed() need.Deed {
	d.clock = d.clock.Add(time.Minute)
	return need.Deed{By: "broker:1", At: d.clock, Why: "同一家企业重复填报"}
}

func (d *desk) replace(keep, drop need.ID, as need.Status, take need.Taken) error {
	onKeep, onDrop, err := need.Replace(d.side(keep), d.side(drop), as, take, d.deed())
	d.put(keep, onKeep)
	d.put(drop, onDrop)
	return err
}

func (d *desk) restore(keep, drop need.ID) error {
	onKeep, onDrop, err := need.Restore(d.side(keep), d.side(drop), d.deed())
	d.put(keep, onKeep)
	d.put(drop, onDrop)
	return err
}

func said(k need.Key, text string) need.Event {
	return need.Event{Kind: need.ValueSet, Key: k, By: need.Contact, Item: &need.Item{
		Value: need.Value{Text: text}, Evidence: []need.Evidence{{Ref: "message:m1", End: len([]rune(text)), Quote: text}},
	}}
}

func rowOf(id, name, target string) need.Event {
	return need.Event{Kind: need.RowSet, Row: &need.Indicator{ID: id, Name: name, Target: &need.Quantity{Text: target, Num: 1}, Unit: "%IACS", Status: need.Filled}}
}

func moved(to need.Status) need.Event { return need.Event{Kind: need.StatusChanged, To: string(to)} }

func twoNeeds() *desk {
	d := newDesk()
	d.add("a", "jx/gz/", said(need.KeyProblem, "导电率上不去"), said(need.KeyScene, "连铸连轧"), rowOf("i1", "导电率", "80"), moved(need.StatusReview))
	d.add("b", "jx/gz/", said(need.KeyProblem, "退火以后变软"), said(need.KeyTried, "加过铬锆"), rowOf("i1", "导电率", "82"), rowOf("i2", "软化温度", "550"),
		need.Event{Kind: need.ReadBackAccepted})
	return d
}

func TestAMergeTakesWhatIsChosen(t *testing.T) {
	t.Parallel()
	d := twoNeeds()
	err := d.replace("a", "b", need.StatusMerged, need.Taken{
		Fields: map[need.Key]need.Take{need.KeyProblem: need.TakeBoth, need.KeyTried: need.TakeOther}, Rows: []string{"i1", "i2"},
	})
	if err != nil {
		t.Fatal(err)
	}
	a, b := d.side("a"), d.side("b")
	if got := a.Fields[need.KeyProblem].Items; len(got) != 2 || got[1].Evidence[0].Quote != "退火以后变软" {
		t.Errorf("problems of both: %+v", got)
	}
	if f := a.Fields[need.KeyTried]; f.Status != need.Confirmed || f.Items[0].Value.Text != "加过铬锆" {
		t.Errorf("what was tried: %+v", f)
	}
	if len(a.Indicators) != 2 || a.Row("i1").Target.Text != "82" || len(a.Row("i1").Past) != 1 {
		t.Errorf("rows: %+v", a.Indicators)
	}
	if b.Status != need.StatusMerged || b.Into != "a" || a.Status != need.StatusReview {
		t.Errorf("b is %s into %q, a is %s", b.Status, b.Into, a.Status)
	}
}

func TestAMergeIsUndone(t *testing.T) {
	t.Parallel()
	d := twoNeeds()
	before := d.side("a")
	take := need.Taken{
		Fields: map[need.Key]need.Take{need.KeyProblem: need.TakeOther, need.KeyTried: need.TakeOther}, Rows: []string{"i1", "i2"},
	}
	if err := d.replace("a", "b", need.StatusSuperseded, take); err != nil {
		t.Fatal(err)
	}
	d.put("a", []need.Event{said(need.KeyTried, "换过两家的料")}) // the newer word stands
	if err := d.restore("a", "b"); err != nil {
		t.Fatal(err)
	}
	a, b := d.side("a"), d.side("b")
	if got := a.Fields[need.KeyProblem].Items; len(got) != 1 || got[0].Value.Text != before.Fields[need.KeyProblem].Items[0].Value.Text {
		t.Errorf("the problem is %+v", got)
	}
	if got := a.Fields[need.KeyTried].Items; len(got) != 2 {
		t.Errorf("what was added since is gone: %+v", got)
	}
	if len(a.Indicators) != 1 || a.Row("i1").Target.Text != "80" {
		t.Errorf("rows: %+v", a.Indicators)
	}
	if b.Status != need.StatusDraft || b.Into != "" {
		t.Errorf("b is %s into %q", b.Status, b.Into)
	}
	if err := d.restore("a", "b"); need.CodeOf(err) != "merge_unknown" {
		t.Errorf("undone twice: %v", err)
	}
}

func TestWhatCannotBeMerged(t *testing.T) {
	t.Parallel()
	some := need.Taken{Rows: []string{"i1"}}
	tests := map[string]struct {
		prepare func(d *desk)
		keep    need.ID
		take    need.Taken
		code    string
	}{
		"with itself":                  {nil, "b", need.Taken{}, "merge_same"},
		"while the contact talks":      {func(d *desk) { d.put("b", []need.Event{moved(need.StatusInterviewing)}) }, "a", need.Taken{}, "status_transition"},
		"once a contract is signed":    {func(d *desk) { d.put("b", []need.Event{moved(need.StatusSigned)}) }, "a", need.Taken{}, "status_transition"},
		"into one that is merged away": {func(d *desk) { d.add("c", "jx/gz/"); _ = d.replace("c", "a", need.StatusMerged, need.Taken{}) }, "a", need.Taken{}, "status_transition"},
		"with words for a sibling":     {func(d *desk) { d.centre["a"] = "jx/nc/" }, "a", some, "merge_centres"},
		"without words for a sibling":  {func(d *desk) { d.centre["a"] = "jx/nc/" }, "a", need.Taken{}, ""},
		"with words for the province":  {func(d *desk) { d.centre["a"] = "jx/" }, "a", some, ""},
		"with a row that is not there": {nil, "a", need.Taken{Rows: []string{"i9"}}, "row_unknown"},
		"with a field without a value": {nil, "a", need.Taken{Fields: map[need.Key]need.Take{need.KeyBudget: need.TakeOther}}, "field_untaken"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := twoNeeds()
			if tt.prepare != nil {
				tt.prepare(d)
			}
			err := d.replace(tt.keep, "b", need.StatusMerged, tt.take)
			if code := need.CodeOf(err); (err == nil) != (tt.code == "") || err != nil && code != tt.code {
				t.Errorf("error %v, want %q", err, tt.code)
			}
		})
	}
}

// TestMergesAtRandom merges and takes apart: a need is away if and only if it
// says into which, none is in its own place over others, and once everything is
// undone each need says again what it said.
func TestMergesAtRandom(t *testing.T) {
	t.Parallel()
	for seed := range uint64(200) {
		r := rand.New(rand.NewPCG(seed, 1))
		d, ids := newDesk(), []need.ID{"a", "b", "c", "d", "e"}
		for _, id := range ids {
			d.add(id, "jx/gz/", said(need.KeyProblem, "问题"+string(id)), rowOf("i1", "导电率", string(id)), moved(need.StatusReview))
		}
		var open [][2]need.ID // the last one is undone first
		for range 30 {
			keep, drop := ids[r.IntN(5)], ids[r.IntN(5)]
			if r.IntN(2) == 0 {
				if d.replace(keep, drop, need.StatusMerged, need.Taken{Fields: map[need.Key]need.Take{need.KeyProblem: need.TakeOther}, Rows: []string{"i1"}}) == nil {
					open = append(open, [2]need.ID{keep, drop})
				}
			} else if last := len(open) - 1; last >= 0 && d.restore(open[last][0], open[last][1]) == nil {
				open = open[:last]
			}
			for _, id := range ids {
				if n := d.side(id); (n.Into != "") != (n.Status == need.StatusMerged) {
					t.Fatalf("seed %d: %s is %s into %q", seed, id, n.Status, n.Into)
				}
				seen := map[need.ID]bool{}
				for at := id; at != ""; at = d.side(at).Into {
					if seen[at] {
						t.Fatalf("seed %d: %s goes round in a ring", seed, id)
					}
					seen[at] = true
				}
			}
		}
		for _, p := range slices.Backward(open) {
			if err := d.restore(p[0], p[1]); err != nil {
				t.Fatalf("seed %d: take %s out of %s: %v", seed, p[1], p[0], err)
			}
		}
		for _, id := range ids {
			n := d.side(id)
			if n.Status != need.StatusReview || n.Version != len(d.events[id]) {
				t.Errorf("seed %d: %s is %s, version %d of %d", seed, id, n.Status, n.Version, len(d.events[id]))
			}
			if got := fmt.Sprint(n.Row("i1").Target.Text, n.Fields[need.KeyProblem].Items[0].Value.Text); got != string(id)+"问题"+string(id) {
				t.Errorf("seed %d: %s says %s", seed, id, got)
			}
		}
	}
}
