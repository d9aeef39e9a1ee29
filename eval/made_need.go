package eval

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strconv"
	"strings"

	"tanxu/need"
)

// MadeNeed is a need that nobody has: sentences of the trades put together at
// random, to measure on more needs than there are real ones.
type MadeNeed struct {
	ID       need.ID
	Org      string
	Title    string
	Problem  []string // clauses
	Scene    string
	Goal     string
	Rows     []MadeRow
	Deadline string
}

// MadeRow is one of its indicators.
type MadeRow struct {
	Name            string
	Op              need.Op
	Current, Target float64
	Unit            string
}

// Maker makes needs; the same seed makes the same ones.
type Maker struct{ r *rand.Rand }

// NewMaker returns a Maker.
func NewMaker(seed uint64) *Maker {
	return &Maker{rand.New(rand.NewPCG(seed, 0x74616e7875))} //nolint:gosec // reproducible, not secret
}

func (m *Maker) one(list []string) string { return list[m.r.IntN(len(list))] }

// Need makes a need with this number.
func (m *Maker) Need(number int) MadeNeed {
	product := m.one(products()) + m.one(forms())
	n := MadeNeed{
		ID:    need.ID(fmt.Sprintf("00000000-0000-7000-8000-%012x", number)),
		Org:   m.one(places()) + m.one(names()) + m.one(names()) + m.one(trades()) + "有限公司",
		Scene: fmt.Sprintf(m.one(scenes()), product, m.one(steps()), 10*(1+m.r.IntN(90))),
	}
	m.ask(&n, product)
	n.Deadline = fmt.Sprintf("%d年%d月底前", 2026+m.r.IntN(3), 1+m.r.IntN(12))
	return n
}

// ask gives the need what it asks for, about this product.
func (m *Maker) ask(n *MadeNeed, product string) {
	step, fault := m.one(steps()), m.one(faults())
	n.Title = fmt.Sprintf(m.one(titles()), product, step, fault)
	n.Problem = []string{
		fmt.Sprintf(m.one(openings()), product, step, fault),
		fmt.Sprintf(m.one(causes()), m.one(suspects()), step),
		fmt.Sprintf(m.one(losses()), m.one(customers()), fault),
		fmt.Sprintf(m.one(attempts()), m.one(remedies()), m.one(outcomes())),
	}
	n.Goal = fmt.Sprintf(m.one(goals()), product, m.one(gains()))
	n.Rows = nil
	all := indicators()
	for _, i := range m.r.Perm(len(all))[:3+m.r.IntN(3)] {
		n.Rows = append(n.Rows, m.row(all[i]))
	}
}

// row draws figures of two digits around what is usual for an indicator.
func (m *Maker) row(k indicatorKind) MadeRow {
	current := rounded(k.usual * (0.6 + 0.8*m.r.Float64()))
	factor := 1.1 + 0.6*m.r.Float64()
	if k.op == need.AtMost {
		factor = 1 / factor
	}
	return MadeRow{Name: k.name, Op: k.op, Current: current, Target: rounded(current * factor), Unit: k.unit}
}

// rounded keeps two digits, as people do.
func rounded(v float64) float64 {
	digits := math.Pow10(1 - int(math.Floor(math.Log10(v))))
	return math.Round(v*digits) / digits
}

func number(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }

// Statements are what the need is about, and all others.
func (n MadeNeed) Statements() (core, rest []string) {
	core = append([]string{n.Title}, n.Problem...)
	core = append(core, n.Goal)
	for _, r := range n.Rows {
		core = append(core, r.Name+number(r.Target)+r.Unit, r.Name+number(r.Current)+r.Unit)
	}
	return core, []string{n.Scene, n.Deadline}
}

// Print is what the need is compared by.
func (n MadeNeed) Print() *need.Print {
	core, rest := n.Statements()
	p := need.NewPrint(n.ID, n.Org, core, rest)
	return &p
}

// Events make the need.
func (n MadeNeed) Events() []need.Event {
	text := func(k need.Key, words string) need.Event {
		return need.Event{Kind: need.ValueSet, Need: n.ID, Key: k, By: need.Contact, Item: &need.Item{Value: need.Value{Text: words}}}
	}
	list := []need.Event{
		{Kind: need.NeedStarted, Need: n.ID, By: need.Contact, Note: n.Title},
		text(need.KeyProblem, strings.Join(n.Problem, "，")), text(need.KeyScene, n.Scene), text(need.KeyExpectedGoal, n.Goal),
	}
	for i, r := range n.Rows {
		list = append(list, need.Event{Kind: need.RowSet, Need: n.ID, By: need.Contact, Row: &need.Indicator{
			ID: fmt.Sprintf("i%d", i+1), Name: r.Name, Op: r.Op, Unit: r.Unit, Status: need.Filled,
			Current: &need.Quantity{Text: number(r.Current), Num: r.Current}, Target: &need.Quantity{Text: number(r.Target), Num: r.Target},
		}})
	}
	return list
}
