package eval

import (
	"math/rand/v2"
	"slices"
	"strings"
	"unicode/utf8"

	"tanxu/need"
	"tanxu/need/record"
)

// Dialogue is how well an interview asked, and what became of what was said.
type Dialogue struct {
	// Ask is about questions: right are those that brought a fact, found are the
	// facts that had to be asked for and were told.
	Ask Hits `json:"ask"`
	// Burden is how many characters the contact wrote.
	Burden int `json:"burden"`
	// Recorded is the share of the facts told that stand on record; those that
	// were told and do not were lost by reading, the others by asking.
	Recorded float64 `json:"recorded"`
	// Abstained is the share of the coded fields that the contact has no value
	// for, and that the record leaves without one; -1 where there is none.
	Abstained float64 `json:"abstained"`
}

// Varied returns the persona with its facts in another order: the contact tells
// others first. Seed 0 is the order of the file.
func (p Persona) Varied(seed uint64) Persona {
	if seed == 0 {
		return p
	}
	p.Facts = slices.Clone(p.Facts)
	rng := rand.New(rand.NewPCG(seed, uint64(len(p.Facts)))) //nolint:gosec // a repeatable draw is wanted, no secret
	rng.Shuffle(len(p.Facts), func(i, j int) { p.Facts[i], p.Facts[j] = p.Facts[j], p.Facts[i] })
	return p
}

func (s *Session) scoreDialogue(p Persona, c *Contact, records []record.Record) {
	s.Ask = Hits{Right: c.fruitful, Given: c.questions}
	s.Ask.Found, s.Ask.Gold = c.share(func(f Fact) bool { return f.Disclose != "open" && f.Corrects == "" })
	s.Burden = 0
	for _, l := range s.Log {
		if l.Who == "contact" {
			s.Burden += utf8.RuneCountInString(l.Text)
		}
	}
	s.Recorded = recorded(p, c, records)
	s.Abstained = abstained(p, records)
}

// recorded is the share of the facts told, and not taken back, that stand in the
// record: of a coded field any value, of others half of the words, as value or
// as evidence. Facts of the opening are left out: they are told in other words.
func recorded(p Persona, c *Contact, records []record.Record) float64 {
	var text strings.Builder
	coded := map[string]bool{}
	keep := func(list []record.Evidence) {
		for _, e := range list {
			text.WriteString(e.Quote + "\n")
		}
	}
	for _, r := range records {
		for k, f := range r.Fields {
			keep(f.Evidence)
			text.WriteString(textValue(r, string(k)) + "\n")
			coded[string(k)] = coded[string(k)] || k.Shape() > need.List && codeValue(r, string(k)) != ""
		}
		for _, row := range r.Indicators {
			keep(row.Evidence)
			text.WriteString(row.Name + "\n" + str(row.Condition) + "\n" + str(row.Method) + "\n")
		}
		for _, route := range r.Routes {
			keep(route.Evidence)
		}
	}
	kept, all := 0, 0
	for _, f := range p.Facts {
		corrected := slices.ContainsFunc(p.Facts, func(o Fact) bool { return o.Corrects == f.ID && c.told[o.ID] })
		if !c.told[f.ID] || corrected || f.Field == "org" || f.Field == "contact" || slices.Contains([]string{"open", "unknown", "never"}, f.Disclose) {
			continue
		}
		all++
		kept += int(one(coded[f.Field] || shared(f.Say, text.String()) >= half))
	}
	return ratio(kept, all)
}

// abstained counts, over the gold needs, the coded fields that stay empty.
func abstained(p Persona, records []record.Record) float64 {
	empty, all := 0, 0
	taken := map[int]bool{}
	for _, g := range p.Gold.Needs {
		r := pickRecord(g, records, taken)
		if r == nil {
			continue
		}
		for field, gold := range g.codes() {
			if gold == "" {
				all++
				empty += int(one(codeValue(*r, field) == ""))
			}
		}
	}
	if all == 0 {
		return -1
	}
	return ratio(empty, all)
}

// Good reports whether a session would be taken as it is: it ended, nobody was
// pressed, nothing is invented, and most of what there is to know is there.
func (s Session) Good() bool {
	const enough = 0.75
	rows := s.Rows.Gold == 0 || s.Rows.F1() >= enough
	return s.Finished && s.Repeats == 0 && s.Ungrounded == 0 && s.NeedsOver == 0 && s.Routed && rows && (s.Field.Gold == 0 || s.Field.F1() >= enough)
}

// AllOf is the share of the personas whose sessions, one a seed, are all good:
// what comes out must not hang on the order in which a contact tells.
func AllOf(name string, seeds [][]Session) Figure {
	var values []float64
	for i := range seeds[0] {
		good := !slices.ContainsFunc(seeds, func(run []Session) bool { return !run[i].Good() })
		values = append(values, one(good))
	}
	return bootstrapOf(name, values)
}

// Against are the differences to a baseline over the same personas, paired: an
// interval without 0 is a difference.
func Against(name string, ours, base []Session) []Figure {
	var figures []Figure
	for _, f := range []struct {
		name  string
		value func(Session) (float64, bool)
	}{
		{"field F1", func(s Session) (float64, bool) { return s.Field.F1(), s.Field.Gold > 0 }},
		{"indicator F1", func(s Session) (float64, bool) { return s.Rows.F1(), s.Rows.Gold > 0 }},
		{"+ condition", func(s Session) (float64, bool) { return s.RowsFull.F1(), s.Rows.Gold > 0 }},
		{"told facts", func(s Session) (float64, bool) { return s.Told, true }},
		{"told probed facts", func(s Session) (float64, bool) { return s.Probed, s.Probed >= 0 }},
		{"invented", func(s Session) (float64, bool) { return ratio(s.Invented, max(s.Values, 1)), true }},
		{"recorded", func(s Session) (float64, bool) { return s.Recorded, true }},
		{"questions", func(s Session) (float64, bool) { return float64(s.Questions), true }},
		{"characters typed", func(s Session) (float64, bool) { return float64(s.Burden), true }},
	} {
		var diffs []float64
		for i := range ours {
			a, ok := f.value(ours[i])
			b, _ := f.value(base[i])
			if ok {
				diffs = append(diffs, a-b)
			}
		}
		figures = append(figures, bootstrapOf("vs "+name+": "+f.name, diffs))
	}
	for _, f := range []struct {
		name string
		cost func(Spent) float64
	}{{"tokens ÷ ", Spent.Tokens}, {"price ÷ ", Spent.Price}} {
		var mine, theirs []float64
		for i := range ours {
			mine, theirs = append(mine, f.cost(ours[i].Spent)), append(theirs, f.cost(base[i].Spent))
		}
		if slices.Max(theirs) > 0 {
			figures = append(figures, bootstrapRatio(f.name+name, mine, theirs))
		}
	}
	return figures
}
