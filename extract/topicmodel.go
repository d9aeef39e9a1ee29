package extract

import (
	trained "tanxu/extract/topics"
	"tanxu/need"
)

// cueTrust is how much speaks for a field that plain words speak for, in log odds.
const cueTrust = 4.0

// trust is what speaks for the field of a clause beside the classifier, in log
// odds.
type trust struct {
	cue     float64 // its words are cues of a field
	noCue   float64 // they are none: it tells of the world
	heading float64 // the section that it stands in
	goal    float64 // of goals: what a report wants to develop is told by what for
}

// trusted is how much is trusted in a report, where most clauses that hold no
// cue tell of the world, and in a message, where few do.
func trusted(runes int) trust {
	const shortestReport = 300
	if runes > shortestReport {
		return trust{cue: cueTrust, noCue: 4, heading: 1, goal: 1}
	}
	return trust{cue: 1, noCue: 0.5, heading: 1}
}

// clause is a clause of a free text with the part that it stands in.
type clause struct {
	span
	section need.Key
	part    int
	key     need.Key // the field that it states, "" if none
}

// clauses returns the clauses of a free text with the fields that they state:
// the likeliest row of topics, given what the classifier and the cues say of
// each and which topics follow each other.
func (rd *reader) clauses(parts []part) []clause {
	var out []clause
	var cues []need.Key
	var told []trained.Clause
	for i, p := range parts {
		switch {
		case p.heading, p.section == background, p.section == need.KeyBudget, p.section == need.KeyDeadline:
			continue
		}
		cue := need.Key("")
		for n, c := range rd.t.items(p.span) {
			if !rd.says(c) {
				continue
			}
			words := rd.t.str(c)
			cue = classify(words, p.section, cue)
			out, cues = append(out, clause{span: c, section: p.section, part: i}), append(cues, cue)
			told = append(told, trained.Clause{Words: words, Opens: n == 0})
		}
	}
	trained.InLine(told)
	model, how := trained.BuiltIn(), trusted(len(rd.t.runes))
	scores := make([]trained.Scores, len(told))
	for i, c := range told {
		scores[i] = model.Score(c)
		how.add(scores[i], cues[i], out[i].section)
	}
	for i, k := range model.Path(scores) {
		out[i].key = rd.stated(k, cues[i], out[i])
	}
	return out
}

// add adds what speaks for a field beside the classifier.
func (t trust) add(s trained.Scores, cue, section need.Key) {
	if cue == "" {
		s.Add(trained.Other, t.noCue)
	}
	s.Add(cue, t.cue)
	s.Add(section, t.heading)
	s.Add(need.KeyExpectedGoal, t.goal)
	s.Add(need.KeyKeyTech, -t.goal)
}

// stated is the field of a clause with a topic and a cue. A quantity that is told
// with the words of a goal is a goal as well, but for the rows of a list of them.
func (rd *reader) stated(k, cue need.Key, c clause) need.Key {
	switch {
	case k == trained.Other:
		return ""
	case k == need.KeyIndicator && cue == need.KeyExpectedGoal && c.section != need.KeyIndicator:
		return need.KeyExpectedGoal
	case k == need.KeyCoopMode && cue == need.KeyPartnerReq:
		return need.KeyPartnerReq // with whom, beside how
	default:
		return k
	}
}

// Speaking returns how likely each of the clauses of one text, in their order,
// speaks of a field, between 0 and 1; all 0 for a field that the classifier does
// not know.
func Speaking(k need.Key, clauses []string) []float64 {
	told := make([]trained.Clause, len(clauses))
	for i, words := range clauses {
		told[i] = trained.Clause{Words: words, Opens: i == 0}
	}
	trained.InLine(told)
	out := make([]float64, len(clauses))
	for i, c := range told {
		out[i] = trained.BuiltIn().Score(c).Of(k)
	}
	return out
}
