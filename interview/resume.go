package interview

import (
	"strings"

	"tanxu/need"
)

// returning puts a summary before the next question when a contact comes back
// after a long silence.
func (t *turn) returning() {
	if q := t.s.last(); !q.At.IsZero() && t.now.Sub(q.At) > t.opt.Away && len(t.answers) == 0 {
		t.summarise("resumed")
	}
}

// resume goes on where the talk stopped.
func (t *turn) resume() {
	n := t.s.Need(t.s.Active)
	switch {
	case n != nil && t.atCard():
		t.readBack(n, "readback")
		t.quiet = true
		return
	case t.s.Phase == PhaseDone:
		t.again = true
		for _, other := range t.s.Needs {
			if other.Status == need.StatusDraft {
				t.beginNext(other)
				return
			}
		}
		t.answers = append(t.answers, t.text("done_back"))
		return
	}
	t.phase(PhaseInterviewing)
	t.again = true
	t.summarise("resumed")
}

// summarise says in two or three lines what is known, below a first line.
func (t *turn) summarise(lead string) {
	n := t.s.Need(t.s.Active)
	if n == nil {
		return
	}
	lines := []string{t.text(lead)}
	for _, k := range []need.Key{need.KeyProblem, need.KeyScene} {
		if items := n.Field(k).Items; len(items) > 0 {
			lines = append(lines, t.guide.Label(k, t.lang())+t.colon()+cut(line(items[0].Value.Text), 40))
		}
	}
	if len(n.Indicators) > 0 && len(lines) < 4 {
		rows := make([]string, 0, 2)
		for _, row := range n.Indicators[:min(2, len(n.Indicators))] {
			rows = append(rows, t.rowAck(row))
		}
		lines = append(lines, t.guide.Label(need.KeyIndicator, t.lang())+t.colon()+strings.Join(rows, "；"))
	}
	if len(lines) == 1 && n.Title != "" {
		lines = append(lines, cut(line(n.Title), 40))
	}
	if len(lines) > 1 {
		t.answers = append(t.answers, strings.Join(lines, "\n"))
	}
}
