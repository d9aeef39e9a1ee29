package eval

import (
	"compress/gzip"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"strconv"
	"strings"

	"tanxu/embeddings"
	"tanxu/rag"
)

// Paper is one of a corpus of papers, for questions that need nobody's judgement.
type Paper struct {
	Title    string   `json:"title"`
	Abstract string   `json:"abstract"`
	Keywords []string `json:"keywords"`
}

// ReadPapers reads gzipped JSON Lines and draws n of those that have title,
// abstract and keywords, always the same.
func ReadPapers(r io.Reader, n int) ([]Paper, error) {
	z, err := gzip.NewReader(r)
	if err != nil {
		return nil, fmt.Errorf("open the papers: %w", err)
	}
	var all []Paper
	err = eachLine(z, func(line []byte) error {
		var p Paper
		if err := json.Unmarshal(line, &p); err != nil {
			return err
		}
		if p.Title != "" && p.Abstract != "" && len(p.Keywords) > 1 {
			all = append(all, p)
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read the papers: %w", err)
	}
	rng := rand.New(rand.NewPCG(1, 2)) //nolint:gosec // a report that can be repeated, no secret
	rng.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	return all[:min(n, len(all))], nil
}

// Papers asks what nobody has to judge, for the first queries of the papers:
// whether a title finds its own abstract among all; whether what is left of the
// title finds it when each pair of characters that stands in the abstract is
// taken out; and whether a paper finds others that share two of its keywords.
func Papers(ctx context.Context, e embeddings.Embedder, papers []Paper, queries int) ([]Figure, error) {
	abstracts, whole := make([]rag.Document, len(papers)), make([]rag.Document, len(papers))
	for i, p := range papers {
		abstracts[i] = rag.Document{ID: strconv.Itoa(i), Text: p.Abstract}
		whole[i] = rag.Document{ID: strconv.Itoa(i), Title: p.Title, Text: p.Abstract}
	}
	byAbstract, err := rag.NewRanker(ctx, e, abstracts)
	if err != nil {
		return nil, err
	}
	byAll, err := rag.NewRanker(ctx, e, whole)
	if err != nil {
		return nil, err
	}
	var own, hard, alike []float64
	for i, p := range papers[:min(queries, len(papers))] {
		hit, err := finds(ctx, byAbstract, p.Title, i)
		if err != nil {
			return nil, err
		}
		own = append(own, hit)
		if rest := without(p.Title, p.Abstract); len([]rune(rest)) >= 4 {
			if hit, err = finds(ctx, byAbstract, rest, i); err != nil {
				return nil, err
			}
			hard = append(hard, hit)
		}
		share, ok, err := findsAlike(ctx, byAll, papers, i)
		if err != nil {
			return nil, err
		}
		if ok {
			alike = append(alike, share)
		}
	}
	return []Figure{
		bootstrapOf("own abstract in 10", own), bootstrapOf("… no pair in common", hard), bootstrapOf("alike papers in 10", alike),
	}, nil
}

// finds is 1 if a title finds document i among the first ten, else 0.
func finds(ctx context.Context, r *rag.Ranker, title string, i int) (float64, error) {
	list, err := r.Rank(ctx, rag.Query{Title: title}, nil)
	if err != nil {
		return 0, err
	}
	for _, d := range list[:min(10, len(list))] {
		if d.ID == strconv.Itoa(i) {
			return 1, nil
		}
	}
	return 0, nil
}

// findsAlike is the share of the papers like paper i, at most ten of them, that
// stand among the first ten others; ok is false where there are none.
func findsAlike(ctx context.Context, r *rag.Ranker, papers []Paper, i int) (share float64, ok bool, err error) {
	like := map[string]bool{}
	for j, p := range papers {
		if j != i && sharedKeywords(p, papers[i]) >= 2 {
			like[strconv.Itoa(j)] = true
		}
	}
	if len(like) == 0 {
		return 0, false, nil
	}
	list, err := r.Rank(ctx, rag.Query{Title: papers[i].Title, Text: papers[i].Abstract}, nil)
	if err != nil {
		return 0, false, err
	}
	seen, hits := 0, 0.0
	for _, d := range list {
		if d.ID == strconv.Itoa(i) {
			continue
		}
		if seen++; seen > 10 {
			break
		}
		if like[d.ID] {
			hits++
		}
	}
	return hits / float64(min(10, len(like))), true, nil
}

func sharedKeywords(a, b Paper) int {
	n := 0
	for _, x := range a.Keywords {
		for _, y := range b.Keywords {
			if x == y {
				n++
				break
			}
		}
	}
	return n
}

// without is a title without the characters that form a pair, or the only ones
// of a word, which stands in the text too.
func without(title, text string) string {
	r := []rune(title)
	drop := make([]bool, len(r))
	for i := 0; i+1 < len(r); i++ {
		if strings.Contains(strings.ToLower(text), strings.ToLower(string(r[i:i+2]))) {
			drop[i], drop[i+1] = true, true
		}
	}
	var out strings.Builder
	for i, c := range r {
		if !drop[i] {
			out.WriteRune(c)
		}
	}
	return strings.TrimSpace(out.String())
}
