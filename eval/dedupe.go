package eval

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"text/tabwriter"

	"tanxu/need"
)

// Crowd are made needs, some of which are copies of others.
type Crowd struct {
	Needs []MadeNeed
	same  map[[2]need.ID]Copy // pairs that say the same
	near  map[[2]need.ID]Copy // pairs that only look so
}

// NewCrowd makes n needs: 15 of 100 are copies of others, and 15 others look
// like copies and are none.
func NewCrowd(n int, seed uint64) Crowd {
	m := NewMaker(seed)
	c := Crowd{same: map[[2]need.ID]Copy{}, near: map[[2]need.ID]Copy{}}
	edited := n * 15 / 100
	originals := n - 2*edited
	for i := range originals {
		c.Needs = append(c.Needs, m.Need(i))
	}
	for i := range edited {
		how, of := Copies()[i%len(Copies())], c.Needs[i]
		twin := m.Copy(of, how, originals+i)
		c.Needs = append(c.Needs, twin)
		c.same[pairOf(of.ID, twin.ID)] = how
	}
	for i := range edited {
		how, of := Others()[i%len(Others())], c.Needs[edited+i]
		other := m.Copy(of, how, originals+edited+i)
		c.Needs = append(c.Needs, other)
		c.near[pairOf(of.ID, other.ID)] = how
	}
	return c
}

func pairOf(a, b need.ID) [2]need.ID { return [2]need.ID{min(a, b), max(a, b)} }

// Prints are what the needs are compared by.
func (c Crowd) Prints() []*need.Print {
	out := make([]*need.Print, len(c.Needs))
	for i, n := range c.Needs {
		out[i] = n.Print()
	}
	return out
}

// DedupeReport says how many copies were found, and how much else.
type DedupeReport struct {
	Needs     int              `json:"needs"`
	Recall    float64          `json:"recall"`
	Precision float64          `json:"precision"`
	Kinds     map[Copy]float64 `json:"kinds"` // share found of each kind; of Others lower is better
	Stray     int              `json:"stray"` // found between needs that have nothing to do with each other
}

// Score compares found pairs with those that say the same.
func (c Crowd) Score(found [][2]need.ID) DedupeReport {
	got := map[[2]need.ID]bool{}
	for _, p := range found {
		got[pairOf(p[0], p[1])] = true
	}
	r := DedupeReport{Needs: len(c.Needs), Kinds: map[Copy]float64{}}
	right := shares(c.same, got, r.Kinds)
	wrong := shares(c.near, got, r.Kinds)
	r.Stray = len(got) - right - wrong
	r.Recall = float64(right) / float64(max(len(c.same), 1))
	r.Precision = float64(right) / float64(max(len(got), 1))
	return r
}

// shares counts how many of the pairs were found, and says it for each kind.
func shares(pairs map[[2]need.ID]Copy, got map[[2]need.ID]bool, kinds map[Copy]float64) int {
	all, found := map[Copy]int{}, map[Copy]int{}
	sum := 0
	for p, how := range pairs {
		all[how]++
		if got[p] {
			found[how]++
			sum++
		}
	}
	for how, n := range all {
		kinds[how] = float64(found[how]) / float64(n)
	}
	return sum
}

// Print writes the report as a table.
func (r DedupeReport) Print(w io.Writer) error {
	t := tabwriter.NewWriter(w, 0, 4, 2, ' ', 0)
	fmt.Fprintf(t, "needs\t%d\nrecall\t%.4f\nprecision\t%.4f\nstray pairs\t%d\n", r.Needs, r.Recall, r.Precision, r.Stray)
	for _, how := range slices.Sorted(maps.Keys(r.Kinds)) {
		fmt.Fprintf(t, "%s found\t%.4f\n", how, r.Kinds[how])
	}
	if err := t.Flush(); err != nil {
		return fmt.Errorf("write the report: %w", err)
	}
	return nil
}
