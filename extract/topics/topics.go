// Package topics tells what a clause of a need is about: a linear classifier
// over hashed n-grams of characters, trained on texts of our own and built into
// the binary. It knows no grammar, no question and no record; who calls it
// decides how sure it must be.
package topics

import (
	_ "embed" // the model
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"slices"
	"sync"

	"tanxu/need"
)

// Other is the topic of clauses that state no field: talk, the market, the form.
const Other need.Key = "other"

// Labels are the topics that the classifier tells apart.
func Labels() []need.Key {
	return []need.Key{
		Other, need.KeyProblem, need.KeyScene, need.KeyIndicator, need.KeyExpectedGoal, need.KeyKeyTech,
		need.KeyRootCause, need.KeyTried, need.KeyFoundation, need.KeyConstraints, need.KeyPartnerReq,
		need.KeyDeadline, need.KeyBudget, need.KeyCoopMode, need.KeyIPTerms, need.KeyConfidentiality,
		need.KeyDecisionOwner,
	}
}

// Clause is a clause with what stands around it.
type Clause struct {
	Words  string
	Before string // the clause before it, "" if it is the first
	After  string // the clause after it, "" if it is the last
	Opens  bool   // it begins a sentence
	Place  Place
}

// Place is the part of a text that a clause stands in, "" if that is not known.
type Place string

// The first and the last clause are parts of their own, the others quarters.
const (
	first Place = "first"
	last  Place = "last"
)

// InLine tells the clauses of one text what stands beside each, and where.
func InLine(clauses []Clause) {
	quarters := [...]Place{"1", "2", "3", "4"}
	for i := range clauses {
		clauses[i].Place = quarters[i*len(quarters)/len(clauses)]
		if i > 0 {
			clauses[i].Before = clauses[i-1].Words
			clauses[i-1].After = clauses[i].Words
		}
	}
	if n := len(clauses); n > 0 {
		clauses[n-1].Place, clauses[0].Place = last, first
	}
}

// Scores are the log probabilities of the topics, in the order of Labels.
type Scores []float64

// Best returns the likeliest topic and its probability.
func (s Scores) Best() (need.Key, float64) {
	best := 0
	for i := range s {
		if s[i] > s[best] {
			best = i
		}
	}
	return Labels()[best], math.Exp(s[best])
}

// Of returns the probability of a topic, 0 for one that is not told apart.
func (s Scores) Of(k need.Key) float64 {
	if i := slices.Index(Labels(), k); i >= 0 {
		return math.Exp(s[i])
	}
	return 0
}

// Model holds the weights: a row of one byte a topic for each bucket that
// features are hashed into.
type Model struct {
	scale float64 // of a cell
	turns []int8  // of a topic after another: len(Labels())² cells of turnScale
	cells []int8
	data  uint32 // sum of the texts that it was trained on
}

const (
	bucketBits = 15
	buckets    = 1 << bucketBits
	turnScale  = 1.0 / 32
	modelMark  = "topics/1"
)

//go:embed model.bin
var modelFile []byte

// BuiltIn returns the model that is built in; a binary without one is no build.
var BuiltIn = sync.OnceValue(func() *Model {
	m, err := Decode(modelFile)
	if err != nil {
		panic(err)
	}
	return m
})

var errBroken = errors.New("the model of topics is broken")

// Decode reads a model from the bytes of its file; an error says that they are
// none of this version.
func Decode(b []byte) (*Model, error) {
	n := len(Labels())
	head := len(modelMark) + 12
	if len(b) != head+n*n+n*buckets || string(b[:len(modelMark)]) != modelMark {
		return nil, fmt.Errorf("read %d bytes: %w", len(b), errBroken)
	}
	m := &Model{
		scale: math.Float64frombits(binary.LittleEndian.Uint64(b[len(modelMark):])),
		data:  binary.LittleEndian.Uint32(b[len(modelMark)+8:]),
	}
	cells := make([]int8, n*n+n*buckets)
	for i := range cells {
		cells[i] = int8(b[head+i]) //nolint:gosec // a byte holds a signed cell
	}
	m.turns, m.cells = cells[:n*n], cells[n*n:]
	return m, nil
}

// Encode returns the model as its file holds it.
func (m *Model) Encode() []byte {
	out := binary.LittleEndian.AppendUint64([]byte(modelMark), math.Float64bits(m.scale))
	out = binary.LittleEndian.AppendUint32(out, m.data)
	for _, c := range slices.Concat(m.turns, m.cells) {
		out = append(out, byte(c)) //nolint:gosec // a byte holds a signed cell
	}
	return out
}

// Data is the sum of the texts that the model was trained on; see Sum.
func (m *Model) Data() uint32 { return m.data }

// Score returns how likely each topic is for a clause.
func (m *Model) Score(c Clause) Scores {
	n := len(Labels())
	out := make(Scores, n)
	for _, f := range c.features() {
		row := m.cells[int(f.bucket)*n:][:n]
		for i := range out {
			out[i] += f.value * float64(row[i])
		}
	}
	for i := range out {
		out[i] *= m.scale
	}
	return out.normalised()
}

// normalised makes log probabilities of log odds.
func (s Scores) normalised() Scores {
	top, sum := slices.Max(s), 0.0
	for _, v := range s {
		sum += math.Exp(v - top)
	}
	for i := range s {
		s[i] -= top + math.Log(sum)
	}
	return s
}

// Path returns the likeliest topics of clauses that follow each other, given
// the scores of each.
func (m *Model) Path(scores []Scores) []need.Key {
	n := len(Labels())
	if len(scores) == 0 {
		return nil
	}
	best := slices.Clone(scores[0])
	from := make([][]int, len(scores))
	for at := 1; at < len(scores); at++ {
		next := make(Scores, n)
		from[at] = make([]int, n)
		for to := range n {
			next[to] = math.Inf(-1)
			for prev := range n {
				if v := best[prev] + float64(m.turns[prev*n+to])*turnScale; v > next[to] {
					next[to], from[at][to] = v, prev
				}
			}
			next[to] += scores[at][to]
		}
		best = next
	}
	out := make([]need.Key, len(scores))
	k := 0
	for i := range best {
		if best[i] > best[k] {
			k = i
		}
	}
	for at := len(scores) - 1; at >= 0; at-- {
		out[at] = Labels()[k]
		if at > 0 {
			k = from[at][k]
		}
	}
	return out
}

// Add raises the log odds of a topic; of what is none it does nothing.
func (s Scores) Add(k need.Key, odds float64) {
	if i := slices.Index(Labels(), k); i >= 0 {
		s[i] += odds
		s.normalised()
	}
}
