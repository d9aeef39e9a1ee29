package need

import (
	"cmp"
	"runtime"
	"slices"
	"sync"
)

// TwinKind says why two needs are held to be the same.
type TwinKind string

// The kinds of twins.
const (
	TwinExact TwinKind = "exact" // the same organisation says the same
	TwinNear  TwinKind = "near"  // nearly the same words and figures
	TwinMeant TwinKind = "meant" // the same figures, other words of the same meaning
)

// Twin is two needs that are probably one.
type Twin struct {
	A, B     ID // A before B
	Kind     TwinKind
	Likeness float64 // of what they are about
	Figures  float64 // share of quantities that agree; 1 where neither has any
	SameOrg  bool
}

// From what likeness on needs are twins. Edited copies keep three quarters of
// their pairs and more, needs of one trade share a third. One organisation
// seldom asks for two things in nearly the same words, many do in those of a
// form.
const (
	twinOfOne   = 0.58 // of one organisation
	twinOfTwo   = 0.68 // of two
	twinFigures = 0.5  // of the quantities, where both name some
)

// likened is a print with what comparing needs.
type likened struct {
	*Print

	gist Gist
}

func likenedOf(p *Print) likened { return likened{p, Pairs([]rune(p.Core))} }

// TwinOf compares two needs; ok is false if they are two.
func TwinOf(a, b *Print) (t Twin, ok bool) { return likenedOf(a).twin(likenedOf(b)) }

func (a likened) twin(b likened) (t Twin, ok bool) {
	if a.ID == b.ID {
		return Twin{}, false
	}
	if a.ID > b.ID {
		a, b = b, a
	}
	t = Twin{A: a.ID, B: b.ID, Kind: TwinNear, SameOrg: a.Org != "" && a.Org == b.Org}
	least := twinOfTwo
	if t.SameOrg {
		least = twinOfOne
	}
	if t.SameOrg && a.Said == b.Said {
		t.Kind, t.Likeness, t.Figures = TwinExact, 1, 1
		return t, true
	}
	if !a.gist.Alike(b.gist, least) {
		return t, false
	}
	t.Figures = Agreement(a.Figures, b.Figures)
	t.Likeness = a.gist.Likeness(b.gist)
	oneChanged := t.SameOrg && max(len(a.Figures), len(b.Figures))-common(a.Figures, b.Figures) <= 1
	return t, t.Figures >= twinFigures || oneChanged
}

// From what on needs in other words are twins: their meaning, as a model of
// vectors has it, and the figures that both must name.
const (
	twinMeaning = 0.9
	twinNamed   = 2
	twinWords   = 0.2 // of the likeness: below it nothing but the trade is the same
)

// MayMean reports whether two needs that are no twins by their words are worth
// asking a model what they mean: they name the same figures.
func MayMean(a, b *Print) bool {
	return a.ID != b.ID && min(len(a.Figures), len(b.Figures)) >= twinNamed && Agreement(a.Figures, b.Figures) >= twinFigures &&
		likenedOf(a).gist.Likeness(likenedOf(b).gist) >= twinWords
}

// MeantTwin is the twin that two needs are by their meaning, which lies between
// 0 and 1; ok is false if they are two.
func MeantTwin(a, b *Print, meaning float64) (t Twin, ok bool) {
	if !MayMean(a, b) || meaning < twinMeaning {
		return Twin{}, false
	}
	return Twin{
		A: min(a.ID, b.ID), B: max(a.ID, b.ID), Kind: TwinMeant, Likeness: meaning, Figures: Agreement(a.Figures, b.Figures),
		SameOrg: a.Org != "" && a.Org == b.Org,
	}, true
}

// Agreement is the share of figures that two needs have in common. Where one of
// them names none nothing speaks against.
func Agreement(a, b []string) float64 {
	if len(a) == 0 || len(b) == 0 {
		return 1
	}
	return 2 * float64(common(a, b)) / float64(len(a)+len(b))
}

// common counts what two sorted lists have in common.
func common(a, b []string) int {
	shared := 0
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch c := cmp.Compare(a[i], b[j]); {
		case c == 0:
			shared++
			i++
			j++
		case c < 0:
			i++
		default:
			j++
		}
	}
	return shared
}

// leastTelling is how many rare pairs make a signature of their own.
const leastTelling = 24

// crowd is how many needs of one bucket are compared with each other. What more
// of them have in common is a form that many have filled in; of two that are
// twins another band finds them, or their organisation.
const crowd = 200

// Twins compares all needs with each other by way of MinHash, and those of one
// organisation without it. It works on all processors.
func Twins(prints []*Print) []Twin {
	all := make([]likened, len(prints))
	signed := make([]*signature, len(prints))
	parallel(len(prints), func(i int) { all[i] = likenedOf(prints[i]) })
	in := frequencies(all)
	parallel(len(prints), func(i int) {
		if g := telling(all[i].gist, in, len(all)/usual); len(g) >= leastCore {
			signed[i] = signatureOf(g)
		}
	})
	pairs := candidates(prints, signed)
	found := make([]Twin, len(pairs))
	parallel(len(pairs), func(i int) {
		a, b := all[pairs[i]>>32], all[pairs[i]&0xffffffff]
		if t, ok := a.twin(b); ok {
			found[i] = t
		}
	})
	found = slices.DeleteFunc(found, func(t Twin) bool { return t.A == "" })
	slices.SortFunc(found, func(x, y Twin) int { return cmp.Or(cmp.Compare(x.A, y.A), cmp.Compare(x.B, y.B)) })
	return found
}

// usual is of how many needs one may have a pair of characters before it
// counts as the language of forms, in which unlike needs are alike.
const usual = 20

// frequencies counts in how many needs each pair of characters stands.
func frequencies(all []likened) map[uint32]int {
	in := map[uint32]int{}
	for _, l := range all {
		for i, pair := range l.gist {
			if i == 0 || pair != l.gist[i-1] {
				in[pair]++
			}
		}
	}
	return in
}

// telling returns the pairs that stand in at most this many needs, or all if
// too few do: small libraries have no language of their own.
func telling(g Gist, in map[uint32]int, most int) Gist {
	out := make(Gist, 0, len(g))
	for _, pair := range g {
		if in[pair] <= most {
			out = append(out, pair)
		}
	}
	if len(out) < leastTelling {
		return g
	}
	return out
}

// candidates are pairs of places in the list, each once: the lower one in the
// upper half.
func candidates(prints []*Print, signed []*signature) []uint64 {
	var pairs []uint64
	bucket := map[string][]int{}
	for i, p := range prints {
		if p.Org != "" {
			bucket[p.Org] = append(bucket[p.Org], i)
		}
	}
	for _, same := range bucket {
		pairs = appendPairs(pairs, same)
	}
	type key struct {
		hash  uint64
		place int
	}
	keys := make([]key, 0, len(signed))
	for b := range bands {
		keys = keys[:0]
		for i, s := range signed {
			if s != nil {
				keys = append(keys, key{s.band(b), i})
			}
		}
		slices.SortFunc(keys, func(x, y key) int { return cmp.Or(cmp.Compare(x.hash, y.hash), cmp.Compare(x.place, y.place)) })
		for i := 0; i < len(keys); {
			var same []int
			for h := keys[i].hash; i < len(keys) && keys[i].hash == h; i++ {
				same = append(same, keys[i].place)
			}
			pairs = appendPairs(pairs, same)
		}
	}
	slices.Sort(pairs)
	return slices.Compact(pairs)
}

func appendPairs(pairs []uint64, places []int) []uint64 {
	places = places[:min(len(places), crowd)]
	for i, a := range places {
		for _, b := range places[i+1:] {
			pairs = append(pairs, uint64(a)<<32|uint64(b)) //nolint:gosec // places in a list are never negative
		}
	}
	return pairs
}

// parallel calls do for each of n places, in as many parts as there are
// processors.
func parallel(n int, do func(i int)) {
	parts := runtime.GOMAXPROCS(0)
	var wg sync.WaitGroup
	for part := range parts {
		wg.Go(func() {
			for i := n * part / parts; i < n*(part+1)/parts; i++ {
				do(i)
			}
		})
	}
	wg.Wait()
}
