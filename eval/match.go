package eval

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"math"
	"slices"
	"strings"

	"golang.org/x/sync/errgroup"
)

// MatchNeed is a need of the data set.
type MatchNeed struct {
	ID    string `json:"id"`
	Title string `json:"title"`
	Text  string `json:"text"`
}

// MatchTitle is an achievement of the data set, of which only the title is known.
type MatchTitle struct {
	ID    string
	Title string
}

// Rank orders achievements for a need, best first: those with the ids given,
// or the whole pool where ids is nil.
type Rank func(ctx context.Context, n MatchNeed, ids []string) ([]string, error)

// MatchData are judged pairs: levels 1 (nothing to do with each other) to 4.
type MatchData struct {
	Needs  []MatchNeed // those with a judged pair
	Titles []MatchTitle
	levels map[string]map[string]int // need → achievement → level
}

// relevant is the level from which an achievement counts as found.
const relevant = 3

// ReadMatchData reads three JSON Lines files: needs, titles of achievements
// (tokenised: the blanks between Chinese words are dropped), and pairs. Of a
// pair that was judged more than once the highest level counts.
func ReadMatchData(needs, titles, pairs io.Reader) (MatchData, error) {
	d := MatchData{levels: map[string]map[string]int{}}
	err := eachLine(pairs, func(line []byte) error {
		var p struct {
			Need, Achievement string
			Level             int
		}
		if err := json.Unmarshal(line, &p); err != nil {
			return err
		}
		if d.levels[p.Need] == nil {
			d.levels[p.Need] = map[string]int{}
		}
		d.levels[p.Need][p.Achievement] = max(d.levels[p.Need][p.Achievement], p.Level)
		return nil
	})
	if err != nil {
		return d, fmt.Errorf("read pairs: %w", err)
	}
	err = eachLine(titles, func(line []byte) error {
		var t struct {
			ID     string `json:"id"`
			Tokens string `json:"title_tokens"`
		}
		if err := json.Unmarshal(line, &t); err != nil {
			return err
		}
		d.Titles = append(d.Titles, MatchTitle{ID: t.ID, Title: joined(t.Tokens)})
		return nil
	})
	if err != nil {
		return d, fmt.Errorf("read titles: %w", err)
	}
	err = eachLine(needs, func(line []byte) error {
		var n MatchNeed
		if err := json.Unmarshal(line, &n); err != nil {
			return err
		}
		if d.levels[n.ID] != nil {
			d.Needs = append(d.Needs, n)
		}
		return nil
	})
	if err != nil {
		return d, fmt.Errorf("read needs: %w", err)
	}
	return d, nil
}

// Match scores a ranking: NDCG@10 over the judged achievements of each need,
// with a gain of 2^level−1, and recall in the whole pool, where achievements
// that nobody judged count as wrong, so that the true recall is higher.
func Match(ctx context.Context, rank Rank, d MatchData) ([]Figure, error) {
	var ndcg, at10, at50 []float64
	for _, n := range d.Needs {
		levels, judged := d.levels[n.ID], d.judged(n)
		order, err := rank(ctx, n, judged)
		if err != nil {
			return nil, fmt.Errorf("rank for need %s: %w", n.ID, err)
		}
		ndcg = append(ndcg, gain(order, levels, 10)/ideal(levels, 10))
		if count(judged, levels) == 0 {
			continue
		}
		if order, err = rank(ctx, n, nil); err != nil {
			return nil, fmt.Errorf("rank the pool for need %s: %w", n.ID, err)
		}
		all := float64(count(judged, levels))
		at10 = append(at10, float64(count(order[:min(10, len(order))], levels))/all)
		at50 = append(at50, float64(count(order[:min(50, len(order))], levels))/all)
	}
	return []Figure{bootstrapOf("NDCG@10", ndcg), bootstrapOf("recall@10", at10), bootstrapOf("recall@50", at50)}, nil
}

// Judged scores a ranking of the judged achievements alone.
func Judged(ctx context.Context, rank Rank, d MatchData) (Figure, error) {
	ndcg, err := d.ndcg(ctx, rank)
	return bootstrapOf("NDCG@10", ndcg), err
}

// Gained scores two rankings of the judged achievements, and by how much the
// second is above the first.
func Gained(ctx context.Context, before, after Rank, d MatchData) ([]Figure, error) {
	first, err := d.ndcg(ctx, before)
	if err != nil {
		return nil, err
	}
	second, err := d.ndcg(ctx, after)
	if err != nil {
		return nil, err
	}
	gained := make([]float64, len(first))
	for i := range first {
		gained[i] = second[i] - first[i]
	}
	return []Figure{bootstrapOf("NDCG@10 before", first), bootstrapOf("NDCG@10 after", second), bootstrapOf("gained", gained)}, nil
}

// rankedAtOnce is how many needs are ranked at a time: who ranks may wait for
// somebody else's model.
const rankedAtOnce = 8

// ndcg ranks the judged achievements of each need.
func (d MatchData) ndcg(ctx context.Context, rank Rank) ([]float64, error) {
	out := make([]float64, len(d.Needs))
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(rankedAtOnce)
	for i, n := range d.Needs {
		g.Go(func() error {
			order, err := rank(ctx, n, d.judged(n))
			if err != nil {
				return fmt.Errorf("rank for need %s: %w", n.ID, err)
			}
			out[i] = gain(order, d.levels[n.ID], 10) / ideal(d.levels[n.ID], 10)
			return nil
		})
	}
	return out, g.Wait()
}

// judged are the achievements that somebody has judged for a need.
func (d MatchData) judged(n MatchNeed) []string {
	return slices.Sorted(maps.Keys(d.levels[n.ID]))
}

func gain(order []string, levels map[string]int, k int) float64 {
	var sum float64
	for i, id := range order[:min(k, len(order))] {
		sum += (math.Exp2(float64(levels[id])) - 1) / math.Log2(float64(i+2))
	}
	return sum
}

func ideal(levels map[string]int, k int) float64 {
	order := make([]string, 0, len(levels))
	for id := range levels {
		order = append(order, id)
	}
	slices.SortFunc(order, func(a, b string) int { return levels[b] - levels[a] })
	return gain(order, levels, k)
}

func count(ids []string, levels map[string]int) int {
	n := 0
	for _, id := range ids {
		if levels[id] >= relevant {
			n++
		}
	}
	return n
}

// joined drops the blanks but those between two Latin words.
func joined(tokens string) string {
	var out strings.Builder
	for _, token := range strings.Fields(tokens) {
		if s := out.String(); s != "" && s[len(s)-1] < 0x80 && token[0] < 0x80 {
			out.WriteByte(' ')
		}
		out.WriteString(token)
	}
	return out.String()
}

// eachLine calls fn with each line that is not blank.
func eachLine(r io.Reader, fn func(line []byte) error) error {
	s := bufio.NewScanner(r)
	s.Buffer(nil, 1<<20)
	for number := 1; s.Scan(); number++ {
		if line := bytes.TrimSpace(s.Bytes()); len(line) > 0 {
			if err := fn(line); err != nil {
				return fmt.Errorf("line %d: %w", number, err)
			}
		}
	}
	return s.Err()
}
