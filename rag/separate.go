package rag

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
	"strings"

	"tanxu/need"
)

// Candidates finds the k achievements that fit a need best, of those that a
// centre may read.
type Candidates func(ctx context.Context, centre need.CentrePath, q Query, k int) ([]need.Achievement, error)

// Candidates finds achievements by this search, without a reranker: it has to be
// quick.
func (s *Searcher) Candidates(ctx context.Context, centre need.CentrePath, q Query, k int) ([]need.Achievement, error) {
	quick := s.WithReranker(nil)
	found, err := quick.Search(ctx, need.Scope{Path: centre, Actor: need.System}, q, k)
	if err != nil {
		return nil, fmt.Errorf("find candidates: %w", err)
	}
	list := make([]need.Achievement, len(found.Hits))
	for i, h := range found.Hits {
		list[i] = h.Achievement
	}
	return list, nil
}

// Separator says which answers of a contact would tell the best candidates of a
// need apart. It implements interview.Separator.
type Separator struct{ find Candidates }

// NewSeparator returns a Separator over what find finds.
func NewSeparator(find Candidates) *Separator { return &Separator{find} }

const (
	separated    = 20 // candidates that are told apart
	fewSeparated = 4  // fewer tell nothing
)

// Separate returns by key of a field, or "indicator:ID" of a row, how evenly an
// answer would divide the candidates: 0 where all say the same or nothing, 1
// where they differ most.
func (s *Separator) Separate(ctx context.Context, centre need.CentrePath, n *need.Need) (map[string]float64, error) {
	q := QueryOf(n)
	if strings.TrimSpace(q.Title+q.Text) == "" {
		return nil, nil
	}
	list, err := s.find(ctx, centre, q, separated)
	if err != nil {
		return nil, fmt.Errorf("tell the candidates of need %s apart: %w", n.ID, err)
	}
	if len(list) < fewSeparated {
		return nil, nil
	}
	stage := evenness(list, func(a need.Achievement) string { return a.Stage })
	out := map[string]float64{
		string(need.KeyCoopMode): stage, string(need.KeyNeedType): stage, string(need.KeyDeadline): stage,
		string(need.KeyRegion):  evenness(list, func(a need.Achievement) string { return regionName(a.Region) }),
		string(need.KeyChain):   evenness(list, func(a need.Achievement) string { return a.Chain }),
		string(need.KeyIPTerms): evenness(list, rightsOf),
		string(need.KeyKeyTech): keywordSplit(n, list),
	}
	figuresSplit(n, list, out)
	return out, nil
}

// evenness is the entropy of a property over those that state one, as a share of
// the most that is possible, times the share that states one.
func evenness(list []need.Achievement, of func(need.Achievement) string) float64 {
	counts := map[string]float64{}
	stated := 0.0
	for _, a := range list {
		if v := of(a); v != "" {
			counts[v]++
			stated++
		}
	}
	if len(counts) < 2 {
		return 0
	}
	var entropy float64
	for _, c := range counts {
		entropy -= c / stated * math.Log(c/stated)
	}
	return entropy / math.Log(float64(len(counts))) * stated / float64(len(list))
}

// rightsOf says whether all rights of an achievement are in force, "" without one.
func rightsOf(a need.Achievement) string {
	list := properties(a)
	switch {
	case len(list) == 0:
		return ""
	case slices.ContainsFunc(list, func(p property) bool { return !p.inForce() }):
		return "open"
	default:
		return "in force"
	}
}

// halved is 1 for what holds of half of the candidates, 0 for what holds of all
// or none.
func halved(holds, of int) float64 {
	p := float64(holds) / float64(max(of, 1))
	return 4 * p * (1 - p)
}

// keywordSplit is how well the most telling keywords that the need does not have
// divide the candidates.
func keywordSplit(n *need.Need, list []need.Achievement) float64 {
	const best = 3
	said := QueryOf(n)
	counts := map[string]int{}
	for _, a := range list {
		for _, k := range a.Keywords {
			if k != "" && !strings.Contains(said.Title+said.Text, k) {
				counts[k]++
			}
		}
	}
	var splits []float64
	for _, c := range counts {
		splits = append(splits, halved(c, len(list)))
	}
	slices.SortFunc(splits, func(a, b float64) int { return cmp.Compare(b, a) })
	var sum float64
	for _, s := range splits[:min(best, len(splits))] {
		sum += s / best
	}
	return sum
}

// figuresSplit says of each row of the need how many candidates state its
// quantity, and of another row how well the most telling other quantity divides
// them.
func figuresSplit(n *need.Need, list []need.Achievement, out map[string]float64) {
	others := map[string]int{} // quantities that no row of the need has
	rows := make(map[string]int, len(n.Indicators))
	for _, a := range list {
		seen := map[string]bool{}
		for _, f := range figures(a) {
			row := rowLike(n, f.name)
			name := canonical(f.name)
			switch {
			case row != nil && !seen[row.ID]:
				seen[row.ID] = true
				rows[row.ID]++
			case row == nil && name != "" && !seen[name]:
				seen[name] = true
				others[name]++
			}
		}
	}
	for id, c := range rows {
		out["indicator:"+id] = float64(c) / float64(len(list))
	}
	for _, c := range others {
		out[string(need.KeyIndicator)] = max(out[string(need.KeyIndicator)], halved(c, len(list)))
	}
}

// rowLike is the row of a need that most likely means a quantity, nil if none does.
func rowLike(n *need.Need, name string) *need.Indicator {
	var best *need.Indicator
	top := sameName
	for _, row := range n.Indicators {
		if score := likeness(row.Name, name); score >= top {
			best, top = row, score
		}
	}
	return best
}
