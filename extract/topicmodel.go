package extract

import (
	trained "tanxu/extract/topics"
	"tanxu/need"
)

// What speaks for the field of a clause beside the classifier, in log odds. In a
// report most clauses that hold no cue tell of the world; in a message few do.
const (
	cueTrust      = 4.0
	headingTrust  = 1.0
	noCueInReport = 4.0
	noCueInTalk   = 1.0
	shortestTold  = 200 // runes of a text that is more than a message
)

// clause is a clause of a free text with the part that it stands in.
type clause struct {
	span
	section need.Key
	part    int
	key     need.Key // the field that it states, "" if none
}

// clauses returns the clauses of a free text with the fields that they state:
// the likeliest row of topics, given what the classifier and the cues say of
// each and which topics follow each other. A quantity that is told with the
// words of a goal is one in words too.
func (rd *reader) clauses(parts []part) []clause {
	model, noCue := trained.BuiltIn(), noCueInTalk
	if len(rd.t.runes) > shortestTold {
		noCue = noCueInReport
	}
	var out []clause
	var scores []trained.Scores
	var cues []need.Key
	before := ""
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
			s := model.Score(trained.Clause{Words: words, Before: before, Opens: n == 0})
			if cue = classify(words, p.section, cue); cue == "" {
				s.Add(trained.Other, noCue)
			}
			s.Add(cue, cueTrust)
			s.Add(p.section, headingTrust)
			out = append(out, clause{span: c, section: p.section, part: i})
			scores, cues, before = append(scores, s), append(cues, cue), words
		}
	}
	for i, k := range model.Path(scores) {
		switch {
		case k == need.KeyIndicator && cues[i] == need.KeyExpectedGoal:
			out[i].key = need.KeyExpectedGoal
		case k == need.KeyCoopMode && cues[i] == need.KeyPartnerReq:
			out[i].key = need.KeyPartnerReq // with whom, beside how
		case k != trained.Other:
			out[i].key = k
		}
	}
	return out
}
