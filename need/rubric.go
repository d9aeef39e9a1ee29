package need

import "slices"

// Thresholds of the rubric.
const (
	PublishScore  = 70 // and one assessable row: may be published
	FollowUpScore = 50 // below: a broker has to talk to the contact
)

// Quality is how far a need fulfils the 100-point rubric.
type Quality struct {
	Score int
	// Missing names what would raise the score, most valuable part first, by
	// machine keys: a field key ("budget"), or a part of a row of indicators
	// ("current:i1", "target:i1", "unit:i1", "condition:i1"); "indicator" asks
	// for one more row. Before all else come the conflicts ("conflict:budget",
	// "conflict:i1"): while one stands nothing is published.
	Missing []string
	Parts   map[string]int // points by part of the rubric
}

// The parts of the rubric.
const (
	PartSpecific     = "specific"     // 具体, 20
	PartQuantified   = "quantified"   // 可量化, 25
	PartAssessable   = "assessable"   // 可考核, 15
	PartReal         = "real"         // 真实, 15
	PartFeasible     = "feasible"     // 可行, 10
	PartCommercial   = "commercial"   // 商务, 10
	PartConfidential = "confidential" // 合规保密, 5
)

// wantedRows is how many complete rows earn the full points.
const wantedRows = 2

// Publishable reports whether the score and the rows allow publication, and
// nothing stands against anything else.
func (n *Need) Publishable() bool {
	return n.Quality().Score >= PublishScore && len(n.conflicts()) == 0 && slices.ContainsFunc(n.Indicators, (*Indicator).Assessable)
}

// conflicts names the fields and rows whose values contradict each other:
// "conflict:budget", "conflict:i1".
func (n *Need) conflicts() []string {
	var list []string
	for _, k := range Keys() {
		if n.status(k) == Conflicting {
			list = append(list, "conflict:"+string(k))
		}
	}
	for _, r := range n.Indicators {
		if r.Status == Conflicting {
			list = append(list, "conflict:"+r.ID)
		}
	}
	return list
}

// Quality scores the need. A field that the contact declined to state is no
// longer missing, but earns nothing, except budget and IP terms: there the
// declined value stands for 面议, which earns half.
func (n *Need) Quality() Quality {
	q := scoring{need: n, Quality: Quality{Parts: map[string]int{}}}
	q.field(PartSpecific, KeyProblem, 10)
	q.field(PartSpecific, KeyScene, 10)
	q.rows()
	q.field(PartReal, KeyTried, 7)
	q.either(PartReal, 4, KeyFoundation, KeyRootCause)
	q.field(PartReal, KeyDecisionOwner, 4)
	q.field(PartFeasible, KeyConstraints, 6)
	q.either(PartFeasible, 4, KeyDeadline, KeyBudget)
	q.field(PartCommercial, KeyBudget, 3)
	q.field(PartCommercial, KeyDeadline, 3)
	q.field(PartCommercial, KeyCoopMode, 2)
	q.field(PartCommercial, KeyIPTerms, 2)
	q.field(PartConfidential, KeyConfidentiality, 5)
	return q.result()
}

// scoring adds up one Quality; gaps are kept with the points that they cost.
type scoring struct {
	need *Need
	gaps []gap
	Quality
}

type gap struct {
	key    string
	points int
}

func (q *scoring) add(part string, got int) { q.Parts[part] += got }

func (q *scoring) miss(key string, points int) {
	if i := slices.IndexFunc(q.gaps, func(g gap) bool { return g.key == key }); i >= 0 {
		q.gaps[i].points += points
		return
	}
	q.gaps = append(q.gaps, gap{key, points})
}

// field gives the points of one field that is either there or not.
func (q *scoring) field(part string, k Key, points int) {
	switch status := q.need.status(k); status {
	case Filled, Confirmed:
		q.add(part, points)
	case Declined:
		if k == KeyBudget || k == KeyIPTerms {
			q.add(part, points/2)
		}
	case Conflicting: // among the gaps already, by the conflict
		q.add(part, points/2)
	case Vague:
		q.add(part, points/2)
		q.miss(string(k), points-points/2)
	default:
		q.miss(string(k), points)
	}
}

// either gives the points if one of the fields is there.
func (q *scoring) either(part string, points int, keys ...Key) {
	for _, k := range keys {
		if s := q.need.status(k); s == Filled || s == Confirmed {
			q.add(part, points)
			return
		}
	}
	q.miss(string(keys[0]), points)
}

// rows gives the points for the two best rows of indicators: 25 for being
// quantified (name and unit 4 each row, target 5, current 3.5), 15 for a condition or method.
func (q *scoring) rows() {
	rows := slices.Clone(q.need.Indicators)
	slices.SortStableFunc(rows, func(a, b *Indicator) int { return completeness(b) - completeness(a) })
	half, assessable := 0, 0
	for i, r := range rows {
		if i < wantedRows {
			half += q.row(r)
			if r.Assessable() {
				assessable++
			}
			continue
		}
		q.gapsOf(r, 1)
	}
	for range wantedRows - min(len(rows), wantedRows) {
		q.miss(string(KeyIndicator), 12)
	}
	q.add(PartQuantified, half/2)
	q.add(PartAssessable, []int{0, 10, 15}[assessable])
}

// row returns twice the points of one row, at most 25.
func (q *scoring) row(r *Indicator) int {
	half := 0
	if r.Name != "" && r.Unit != "" {
		half += 8
	}
	if r.Target != nil {
		half += 10
	}
	if r.Current != nil {
		half += 7
	}
	q.gapsOf(r, 4)
	return half
}

func (q *scoring) gapsOf(r *Indicator, points int) {
	if r.Target == nil {
		q.miss("target:"+r.ID, points+1)
	}
	if r.Unit == "" {
		q.miss("unit:"+r.ID, points)
	}
	if r.Condition == "" && r.Method == "" {
		q.miss("condition:"+r.ID, points+2)
	}
	if r.Current == nil {
		q.miss("current:"+r.ID, points)
	}
}

func completeness(r *Indicator) int {
	c := 0
	for _, has := range []bool{r.Target != nil, r.Unit != "", r.Condition != "" || r.Method != "", r.Current != nil} {
		if has {
			c++
		}
	}
	return c
}

func (q *scoring) result() Quality {
	for _, points := range q.Parts {
		q.Score += points
	}
	slices.SortStableFunc(q.gaps, func(a, b gap) int { return b.points - a.points })
	q.Missing = q.need.conflicts()
	for _, g := range q.gaps {
		q.Missing = append(q.Missing, g.key)
	}
	return q.Quality
}

// status is the status of field k without making the field.
func (n *Need) status(k Key) FieldStatus {
	if f := n.Fields[k]; f != nil {
		return f.Status
	}
	return Missing
}
