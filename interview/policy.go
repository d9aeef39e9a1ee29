package interview

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"tanxu/interview/guide"
	"tanxu/need"
)

// The policy's numbers. What a field is worth and what answering it costs stand
// in the guide; all the rest stands here.
const (
	gapMissing  = 1.0
	gapVague    = 0.7
	gapConflict = 1.2
	gapExtent   = 0.9 // a problem without how often and how much
	gapMention  = 0.6 // mentioned in passing, never asked
	gapMore     = 1.0 // the first answer brought something: there is often a second
	gapRetry    = 0.2 // other attempts than those told
	gapOutdated = 0.9 // a date that has passed

	adjacentSame  = 3.0 // to the topic of the last question
	adjacentGroup = 1.5
	eitherOr      = 10.0 // two values of one field: settle it while both are in mind
	followUp      = 5.0  // the answer just given was vague: ask on while it is warm
	leftOpen      = 1.5  // what a question for several fields left open
	stillOpen     = 4.0  // what was asked just now and not answered
	inTime        = 5.0  // what is told in a word, before a contact without time is gone
	hurry         = 0.3  // of what digs deeper, for a contact without time
	perAsk        = 2.0
	answeredLess  = 0.6 // answerable, when somebody else knows the technology

	rowTarget    = 12.0 // worth of the missing parts of a row
	rowUnit      = 9.0
	rowCurrent   = 8.0
	rowCondition = 5.0
	rowConflict  = 20.0

	enough      = 2.0 // a question that scores less is not asked
	lateEnough  = 4.5 // after softLimit questions
	softLimit   = 13
	ladderLimit = 5 // questions for rows of indicators that are not about one row
	rowLimit    = 4 // questions about parts of rows
	wholeRows   = 2 // rows with both values: for others today's is not asked
	probeLimit  = 2

	worthProbing = 4.0 // weight from which a vague answer is probed
)

// candidate is a question that could come next.
type candidate struct {
	id    string
	key   need.Key
	keys  []need.Key // where one question is for several fields; key is the first
	probe bool
	text  guide.Text
	pairs []string
	score float64
}

// next returns the question that is worth most now, nil when the rest is not
// worth asking.
func (t *turn) next(n *need.Need) *candidate {
	count := t.s.asked(n.ID)
	if count >= t.opt.Questions {
		return nil
	}
	least := enough
	if count >= softLimit {
		least = lateEnough
	}
	owed := t.owed(n)
	late := len(owed) > 0 && count+len(owed) >= t.opt.Questions
	if late {
		least = 0
	}
	var best *candidate
	for i := range t.guide.Fields {
		if late && !slices.Contains(owed, t.guide.Fields[i].Key) {
			continue
		}
		for _, c := range t.candidates(n, &t.guide.Fields[i]) {
			if c.score >= least && (best == nil || c.score+t.bonus(c) > best.score+t.bonus(*best)) {
				best = &c
			}
		}
	}
	return t.together(n, best)
}

// owed are the fields for which a question is kept back, since nobody can guess
// them and a need cannot be published without.
func (t *turn) owed(n *need.Need) []need.Key {
	return slices.DeleteFunc([]need.Key{need.KeyConfidentiality, need.KeyDecisionOwner}, func(k need.Key) bool {
		f := n.Field(k)
		return f.Asks > 0 || f.Status != need.Missing || t.s.talk(n.ID).closed[k]
	})
}

func (t *turn) candidates(n *need.Need, f *guide.Field) []candidate {
	if t.s.talk(n.ID).closed[f.Key] {
		return nil
	}
	field := n.Field(f.Key)
	if field.Status == need.Declined || field.Status == need.Unknown || field.Status == need.Delegated {
		return t.who(n, f, field)
	}
	c, gap := t.fieldQuestion(n, f, field)
	if f.Key == need.KeyIndicator {
		var list []candidate
		if gap > 0 {
			list = append(list, t.scored(n, f, c, gap))
		}
		return append(list, t.rowQuestions(n, f)...)
	}
	if gap == 0 {
		return nil
	}
	return []candidate{t.scored(n, f, c, gap)}
}

// scored is the formula of the policy:
// weight·gap·answerable + adjacency − 2·asks − burden.
func (t *turn) scored(n *need.Need, f *guide.Field, c candidate, gap float64) candidate {
	asks := float64(n.Field(f.Key).Asks)
	if t.s.Hurried && gap != gapMissing && gap != gapConflict {
		gap *= hurry
	}
	c.score = f.Weight*gap*t.answerable(n, f.Key) + t.adjacency(f.Key) - perAsk*asks - f.Burden
	if gap == gapConflict {
		c.score += eitherOr
	}
	if strings.HasSuffix(c.id, ".ask") && asks > 0 {
		c.score += perAsk*asks + leftOpen
	}
	if t.astray && asks > 0 && slices.Contains(t.asked.Keys, f.Key) {
		c.score += stillOpen
	}
	if t.s.Hurried && slices.Contains(closing(), f.Key) && gap == gapMissing {
		c.score += inTime
	}
	if c.probe && n.Field(f.Key).Status == need.Vague && slices.Contains(t.asked.Keys, f.Key) && !t.s.Hurried {
		c.score += followUp
	}
	return c
}

// who asks once who would know the numbers, without which a need cannot be
// published.
func (t *turn) who(n *need.Need, f *guide.Field, field *need.Field) []candidate {
	if field.Status != need.Unknown || f.Key != need.KeyIndicator || t.s.Hurried || t.s.askedLike(n.ID, ".who") > 0 || t.asked.Need != n.ID {
		return nil
	}
	if len(t.asked.Keys) == 0 || t.asked.Keys[0] != f.Key {
		return nil
	}
	return []candidate{{id: string(f.Key) + ".who", key: f.Key, text: t.guide.Texts["ask_who"], score: rowConflict}}
}

// fieldQuestion returns how a field would be asked now, and its gap: 0 if it need
// not be asked.
func (t *turn) fieldQuestion(n *need.Need, f *guide.Field, field *need.Field) (candidate, float64) {
	c := candidate{id: string(f.Key) + ".ask", key: f.Key, text: f.Ask}
	again := candidate{id: string(f.Key) + ".again", key: f.Key, text: f.Again}
	gained := t.s.talk(n.ID).gained[f.Key]
	if f.Key == need.KeyIndicator {
		return t.ladder(n, f, field)
	}
	switch field.Status {
	case need.Missing:
		return t.missing(n, f, field)
	case need.Vague:
		if field.Probes >= probeLimit || f.Weight < worthProbing {
			return c, 0
		}
		gap := gapVague
		if f.Key.Shape() > need.List && t.askedInGroup(n, f.Key) {
			gap = gapMissing // what was waved off in a question for three is asked once by itself
			if field.Probes > 0 {
				return c, 0
			}
		}
		return candidate{id: string(f.Key) + ".probe" + strconv.Itoa(field.Probes+1), key: f.Key, text: f.Probes[field.Probes], probe: true}, gap
	case need.Conflicting:
		if t.s.askedAs(n.ID, string(f.Key)+".conflict") {
			return c, 0
		}
		return t.conflict(n, f, field), gapConflict
	}
	switch {
	case outdated(field, t.now) && !t.s.askedAs(n.ID, string(f.Key)+".past"):
		term := field.Items[0].Value.Deadline.Text
		return candidate{id: string(f.Key) + ".past", key: f.Key, text: t.guide.Texts["ask_past"], pairs: []string{"term", line(term)}}, gapOutdated
	case f.Key == need.KeyProblem && field.Asks == 0 && generalProblem(n):
		return candidate{id: "problem.probe1", key: f.Key, text: f.Probes[0], probe: true}, gapMention
	case f.Key == need.KeyProblem && field.Asks == 0 && !extent(field):
		again.probe = true // the opening told of it: this digs deeper
		return again, gapExtent
	case f.Key.Shape() <= need.List && field.Asks == 0 && !t.askedBeside(n, f.Key):
		again.probe = true
		return again, gapMention
	case t.s.talk(n.ID).done[f.Key]:
		return c, 0
	case f.Key == need.KeyTried && field.Asks == 1 && gained > 0:
		return again, gapRetry
	case f.Key == need.KeyConstraints && field.Asks == 1 && gained > 0:
		return again, gapMore
	default:
		return c, 0
	}
}

// missing is how a field of which nothing is known is asked: once, and once more
// in other words where the answer was about something else.
func (t *turn) missing(n *need.Need, f *guide.Field, field *need.Field) (candidate, float64) {
	first := candidate{id: string(f.Key) + ".ask", key: f.Key, text: f.Ask}
	switch {
	case field.Asks > 1 || t.s.askedAs(n.ID, string(f.Key)+".retry"):
		return first, 0
	case field.Asks == 0 || t.askedInGroup(n, f.Key):
		return first, gapMissing
	default:
		return candidate{id: string(f.Key) + ".retry", key: f.Key, text: f.Retry, probe: true}, gapMissing
	}
}

// askedBeside reports whether a field was asked when another need was spoken of:
// what the answer said of this one was put here.
func (t *turn) askedBeside(n *need.Need, k need.Key) bool {
	return slices.ContainsFunc(t.s.Needs, func(o *need.Need) bool { return o != n && o.Field(k).Asks > 0 })
}

// answerable lowers technical questions for a contact of another department,
// and for one who has said more than once that somebody else knows the
// technology.
func (t *turn) answerable(n *need.Need, k need.Key) float64 {
	unknown := 0
	for _, key := range []need.Key{need.KeyIndicator, need.KeyRootCause, need.KeyTried, need.KeyConstraints, need.KeyFoundation} {
		if st := n.Field(key).Status; st == need.Unknown || st == need.Delegated {
			unknown++
		}
	}
	for _, row := range n.Indicators {
		if row.Status == need.Unknown || row.Status == need.Delegated {
			unknown++
		}
	}
	switch {
	case !technicalField(k):
		return 1
	case unknown >= 2:
		return answeredLess
	case lay(t.role):
		return answeredByOthers
	default:
		return 1
	}
}

// adjacency keeps the talk on a topic.
func (t *turn) adjacency(k need.Key) float64 {
	if len(t.asked.Keys) == 0 {
		return 0
	}
	switch last := t.asked.Keys[0]; {
	case slices.Contains(t.asked.Keys, k):
		return adjacentSame
	case topic(last) == topic(k):
		return adjacentGroup
	default:
		return 0
	}
}

func topic(k need.Key) int {
	switch k {
	case need.KeyProblem, need.KeyScene, need.KeyRootCause:
		return 1
	case need.KeyIndicator, need.KeyExpectedGoal, need.KeyKeyTech:
		return 2
	case need.KeyTried, need.KeyConstraints, need.KeyFoundation:
		return 3
	default:
		return 4
	}
}

// amount finds how often or how much in the words of a problem.
var amount = regexp.MustCompile(`(?:\d|[一二两三四五六七八九十百千万半])(?:多|来|几)?\s*(?:万|元|块|批|次|炉|吨|%|％|成|片|只|台|套|件(?:[^事]|$)|个(?:月|里|点))|百分之`)

// extent reports whether a problem says how often or how much.
func extent(f *need.Field) bool {
	return slices.ContainsFunc(f.Items, func(i need.Item) bool { return amount.MatchString(i.Value.Text) })
}

// outdated reports whether a deadline has passed.
func outdated(f *need.Field, now time.Time) bool {
	if len(f.Items) == 0 || f.Items[len(f.Items)-1].Value.Deadline == nil {
		return false
	}
	iso := f.Items[len(f.Items)-1].Value.Deadline.ISO
	if strings.HasPrefix(iso, "P") {
		return false
	}
	today := now.Format(time.DateOnly)
	return len(iso) >= 4 && len(iso) <= len(today) && iso < today[:len(iso)]
}
