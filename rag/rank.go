package rag

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"tanxu/embeddings"
	"tanxu/need"
)

// Document is a candidate of a ranking without a database.
type Document struct {
	ID    string
	Title string
	Text  string
}

// Scored is a document with its score, comparable within one ranking only.
type Scored struct {
	ID    string
	Score float64
}

// Ranker ranks documents by the service's own scoring, without a database. It
// is safe for concurrent use.
type Ranker struct {
	embedder embeddings.Embedder // nil: words alone
	stats    need.LexemeStats
	length   float64          // of a usual title
	all      []Document       // by id, each once
	entries  map[string]entry // by content
}

type entry struct {
	words   words
	title   words // its chars
	vectors [][]float32
}

// content is what a document is scored by; two with the same are one.
func (d Document) content() string { return d.Title + "\n" + d.Text }

// NewRanker reads all documents that will be ranked, for whichever need, and
// embeds each once. How common a word is, is counted over all of them: give it
// many where there are many, for counts over a few say little. Without an
// embedder (nil) the words decide alone.
func NewRanker(ctx context.Context, e embeddings.Embedder, documents []Document) (*Ranker, error) {
	r := &Ranker{embedder: embeddings.Serving(e), entries: make(map[string]entry, len(documents))}
	var counts, titles []words
	var fresh []Document // of each content one
	ids := make(map[string]bool, len(documents))
	for _, d := range documents {
		if !ids[d.ID] {
			ids[d.ID] = true
			r.all = append(r.all, d)
		}
		if _, twice := r.entries[d.content()]; !twice {
			e := entry{words: count(Lexemes(d.content())), title: chars(d.Title)}
			counts, titles, fresh = append(counts, e.words), append(titles, e.title), append(fresh, d)
			r.entries[d.content()] = e
		}
	}
	r.stats, r.length = statsOf(counts), meanLength(titles)
	for c, n := range statsOf(titles).Frequency {
		if strings.HasPrefix(c, "^") {
			r.stats.Frequency[c] = n
		}
	}
	if e == nil {
		return r, nil
	}
	if err := r.embed(ctx, fresh); err != nil {
		return nil, err
	}
	return r, nil
}

func (r *Ranker) embed(ctx context.Context, documents []Document) error {
	for part := range slices.Chunk(documents, 64) {
		var texts, owners []string
		for _, d := range part {
			for _, text := range fieldTexts(d.Title, d.Text) {
				texts, owners = append(texts, text), append(owners, d.content())
			}
		}
		vectors, err := embed(ctx, r.embedder, embeddings.Passage, texts)
		if err != nil {
			return fmt.Errorf("embed the candidates: %w", err)
		}
		for i, v := range vectors {
			e := r.entries[owners[i]]
			e.vectors = append(e.vectors, v)
			r.entries[owners[i]] = e
		}
	}
	return nil
}

// fieldTexts are the texts of a document that get a vector each.
func fieldTexts(title, text string) []string {
	switch {
	case strings.TrimSpace(text) == "":
		return []string{title}
	case strings.TrimSpace(title) == "":
		return []string{text}
	}
	return []string{title, text}
}

// Stats says how common words are in all documents that were read.
func (r *Ranker) Stats() need.LexemeStats { return r.stats }

// Rank returns the candidates, all documents where candidates is nil, best
// first. A candidate that NewRanker has not read is an Invalid error.
func (r *Ranker) Rank(ctx context.Context, q Query, candidates []Document) ([]Scored, error) {
	if candidates == nil {
		candidates = r.all
	}
	legs, model, err := r.Legs(ctx, q, candidates)
	if err != nil {
		return nil, err
	}
	return ordered(WeightsFor(model), legs, candidates), nil
}

// By is Rank with other weights than those of the embedder.
func (r *Ranker) By(ctx context.Context, w *Weights, q Query, candidates []Document) ([]Scored, error) {
	if candidates == nil {
		candidates = r.all
	}
	legs, _, err := r.Legs(ctx, q, candidates)
	if err != nil {
		return nil, err
	}
	return ordered(w, legs, candidates), nil
}

func ordered(w *Weights, legs []Legs, candidates []Document) []Scored {
	out := make([]Scored, len(candidates))
	for i, score := range Fuse(w, legs) {
		out[i] = Scored{ID: candidates[i].ID, Score: score}
	}
	slices.SortStableFunc(out, func(a, b Scored) int { return cmp.Compare(b.Score, a.Score) })
	return out
}

// Rerank is Rank with the best candidates read closely by r.
func (r *Ranker) Rerank(ctx context.Context, by Reranker, q Query, candidates []Document) ([]Scored, error) {
	if candidates == nil {
		candidates = r.all
	}
	list, err := r.Rank(ctx, q, candidates)
	if err != nil {
		return nil, err
	}
	contents := make(map[string]string, len(candidates))
	for _, d := range candidates {
		contents[d.ID] = strings.TrimSpace(d.content())
	}
	documents, scores := make([]string, len(list)), make([]float64, len(list))
	for i, d := range list {
		documents[i], scores[i] = contents[d.ID], d.Score
	}
	if scores, err = rerank(ctx, by, q.readOut(), documents, scores); err != nil {
		return nil, err
	}
	for i := range list {
		list[i].Score = scores[i]
	}
	slices.SortStableFunc(list, func(a, b Scored) int { return cmp.Compare(b.Score, a.Score) })
	return list, nil
}

// Legs scores each candidate, all documents where candidates is nil, in each
// leg, and names the model of the vectors; need.Lexical where they say nothing.
func (r *Ranker) Legs(ctx context.Context, q Query, candidates []Document) ([]Legs, string, error) {
	if candidates == nil {
		candidates = r.all
	}
	model := need.Lexical
	var vector []float32
	if r.embedder != nil && len(candidates) > 0 {
		var err error
		if vector, err = queryVector(ctx, r.embedder, q); err != nil {
			return nil, "", err
		}
	}
	if vector != nil {
		model = r.embedder.Model().ID
	}
	byWords, byChars := gainsOf(r.stats, q.words()), charGains(r.stats, chars(q.subject()))
	legs := make([]Legs, len(candidates))
	for i, d := range candidates {
		e, ok := r.entries[d.content()]
		if !ok {
			return nil, "", need.Errorf(need.Invalid, "candidate_unknown", "candidate %.60q was not read", d.ID)
		}
		legs[i] = Legs{Words: byWords.score(e.words, r.stats.MeanWords), Chars: byChars.score(e.title, r.length)}
		if vector != nil {
			legs[i].Dense = meanDot(vector, e.vectors)
		}
	}
	return legs, model, nil
}

func meanDot(q []float32, vectors [][]float32) float64 {
	var sum float64
	for _, v := range vectors {
		for i, x := range v {
			sum += float64(x) * float64(q[i])
		}
	}
	return sum / float64(max(len(vectors), 1))
}
