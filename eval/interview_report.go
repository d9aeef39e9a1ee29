package eval

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"
)

// InterviewReport is what a run over many personas adds up to.
type InterviewReport struct {
	Name      string     `json:"name"`
	Figures   []Figure   `json:"figures"`
	Sessions  []Session  `json:"sessions"`
	Spent     Spent      `json:"spent"`
	Turns     int        `json:"turns"`
	Baselines []Compared `json:"baselines,omitempty"`
}

// Compared is a baseline over the same personas, and how far ours is from it.
type Compared struct {
	InterviewReport
	Differences []Figure `json:"differences"`
}

// Compare adds a baseline whose sessions are of the same personas in the same
// order.
func (r *InterviewReport) Compare(base InterviewReport) {
	r.Baselines = append(r.Baselines, Compared{base, Against(base.Name, r.Sessions, base.Sessions)})
}

// InterviewReportOf adds sessions up: means over personas with bootstrap intervals.
func InterviewReportOf(name string, sessions []Session) InterviewReport {
	r := InterviewReport{Name: name, Sessions: sessions}
	r.Spent, r.Turns = spentOn(sessions)
	add := func(name string, value func(Session) (float64, bool)) {
		var values []float64
		for _, s := range sessions {
			if v, ok := value(s); ok {
				values = append(values, v)
			}
		}
		r.Figures = append(r.Figures, bootstrapOf(name, values))
	}
	scored := func(of func(Session) Hits) func(Session) (float64, bool) {
		return func(s Session) (float64, bool) { v := of(s); return v.F1(), v.Gold > 0 }
	}
	add("field F1", scored(func(s Session) Hits { return s.Field }))
	add("field precision", func(s Session) (float64, bool) { return s.Field.Precision(), s.Field.Gold > 0 })
	add("field recall", func(s Session) (float64, bool) { return s.Field.Recall(), s.Field.Gold > 0 })
	add("indicator F1", scored(func(s Session) Hits { return s.Rows }))
	add("indicator F1 + current", scored(func(s Session) Hits { return s.RowsCurrent }))
	add("indicator F1 + condition", scored(func(s Session) Hits { return s.RowsFull }))
	add("told facts", func(s Session) (float64, bool) { return s.Told, true })
	add("told explicit facts", func(s Session) (float64, bool) { return s.Explicit, true })
	add("told probed facts", func(s Session) (float64, bool) { return s.Probed, s.Probed >= 0 })
	add("statuses", func(s Session) (float64, bool) { return s.Statuses, s.Statuses >= 0 })
	add("need type (suggested)", func(s Session) (float64, bool) { return s.Type, s.Type >= 0 })
	add("chain (suggested)", func(s Session) (float64, bool) { return s.Chain, s.Chain >= 0 })
	add("cluster (suggested)", func(s Session) (float64, bool) { return s.Cluster, s.Cluster >= 0 })
	add("ask F1", scored(func(s Session) Hits { return s.Ask }))
	add("told and recorded", func(s Session) (float64, bool) { return s.Recorded, true })
	add("abstained", func(s Session) (float64, bool) { return s.Abstained, s.Abstained >= 0 })
	add("characters typed", func(s Session) (float64, bool) { return float64(s.Burden), true })
	add("good as it is", func(s Session) (float64, bool) { return one(s.Good()), true })
	add("questions", func(s Session) (float64, bool) { return float64(s.Questions), true })
	add("turns", func(s Session) (float64, bool) { return float64(s.Turns), true })
	add("repeats after refusal", func(s Session) (float64, bool) { return float64(s.Repeats), true })
	add("grounded", func(s Session) (float64, bool) { return 1 - ratio(s.Ungrounded, max(s.Values, s.Ungrounded, 1)), true })
	add("invented", func(s Session) (float64, bool) { return ratio(s.Invented, max(s.Values, 1)), true })
	add("ungrounded values", func(s Session) (float64, bool) { return float64(s.Ungrounded), true })
	add("right values lost", func(s Session) (float64, bool) { return float64(s.Lost), true })
	add("needs too many", func(s Session) (float64, bool) { return float64(s.NeedsOver), true })
	add("read back", func(s Session) (float64, bool) { return one(s.ReadBack), true })
	add("finished", func(s Session) (float64, bool) { return one(s.Finished), true })
	r.Figures = append(r.Figures, trustFigures(sessions)...)
	add("routes fit the verdict", func(s Session) (float64, bool) { return one(s.Routed), true })
	return r
}

func one(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

// Table writes the report for people: the figures, beside those of the
// baselines; the differences; what it has cost; one line a persona.
func (r InterviewReport) Table(w io.Writer) error {
	out := &sheet{w: w}
	for _, f := range r.Figures {
		out.line("%s%s", f, r.beside(f.Name))
	}
	if len(r.Baselines) > 0 {
		out.line("(beside the intervals: %s)", strings.Join(r.others(), ", "))
	}
	for _, b := range r.Baselines {
		for _, f := range b.Differences {
			out.line("%s", f)
		}
	}
	for _, run := range append([]InterviewReport{r}, r.reports()...) {
		if out.err == nil {
			out.err = run.Spent.print(w, run.Name, run.Turns)
		}
	}
	for _, s := range slices.SortedFunc(slices.Values(r.Sessions), func(a, b Session) int { return cmp.Compare(a.ID, b.ID) }) {
		out.line("%-8s %-16s field %.2f rows %.2f +cond %.2f told %.2f q %2d rep %d ungr %d over %d %s%s",
			s.ID, s.Kind, s.Field.F1(), s.Rows.F1(), s.RowsFull.F1(), s.Told, s.Questions, s.Repeats, s.Ungrounded, s.NeedsOver,
			s.Status, strings.Repeat(" misrouted", int(one(!s.Routed))))
	}
	return out.err
}

// beside are the means of a figure in the baselines.
func (r InterviewReport) beside(figure string) string {
	text := ""
	for _, b := range r.Baselines {
		for _, f := range b.Figures {
			if f.Name == figure {
				text += fmt.Sprintf("  %.3f", f.Mean)
			}
		}
	}
	return text
}

func (r InterviewReport) reports() (list []InterviewReport) {
	for _, b := range r.Baselines {
		list = append(list, b.InterviewReport)
	}
	return list
}

func (r InterviewReport) others() (names []string) {
	for _, b := range r.Baselines {
		names = append(names, b.Name)
	}
	return names
}

// sheet writes lines until one fails.
type sheet struct {
	w   io.Writer
	err error
}

func (s *sheet) line(format string, args ...any) {
	if s.err != nil {
		return
	}
	if _, err := fmt.Fprintf(s.w, format+"\n", args...); err != nil {
		s.err = fmt.Errorf("write the report: %w", err)
	}
}
