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

// Ranker ranks documents by the service's own scoring, all of them at hand.
// It is safe for concurrent use.
type Ranker struct {
	embedder embeddings.Embedder // nil: words alone
	stats    need.LexemeStats
	entries  map[string]entry // by id
	order    []string
}

type entry struct {
	words   words
	vectors [][]float32
}

// NewRanker reads the documents that will be ranked and embeds them once. How
// common a word is, is counted over all of them. Without an embedder (nil) the
// words decide alone.
func NewRanker(ctx context.Context, e embeddings.Embedder, documents []Document) (*Ranker, error) {
	r := &Ranker{embedder: e, entries: make(map[string]entry, len(documents))}
	counts := make([]words, 0, len(documents))
	once := make([]Document, 0, len(documents))
	for _, d := range documents {
		if _, twice := r.entries[d.ID]; twice {
			continue
		}
		w := count(Lexemes(d.Title + "\n" + d.Text))
		counts, once = append(counts, w), append(once, d)
		r.entries[d.ID] = entry{words: w}
		r.order = append(r.order, d.ID)
	}
	r.stats = statsOf(counts)
	if e == nil {
		return r, nil
	}
	if err := r.embed(ctx, once); err != nil {
		return nil, err
	}
	return r, nil
}

func (r *Ranker) embed(ctx context.Context, documents []Document) error {
	for part := range slices.Chunk(documents, 64) {
		var texts []string
		var owners []string
		for _, d := range part {
			for _, text := range fieldTexts(d.Title, d.Text) {
				texts, owners = append(texts, text), append(owners, d.ID)
			}
		}
		vectors, err := r.embedder.Embed(ctx, embeddings.Passage, texts)
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
	if strings.TrimSpace(text) == "" {
		return []string{title}
	}
	return []string{title, text}
}

// Rank returns the documents with these ids, all where ids is nil, best first.
// Unknown ids are an Invalid error.
func (r *Ranker) Rank(ctx context.Context, q Query, ids []string) ([]Scored, error) {
	if ids == nil {
		ids = r.order
	}
	var vector []float32
	if r.embedder != nil {
		var err error
		if vector, err = queryVector(ctx, r.embedder, q); err != nil {
			return nil, err
		}
	}
	query := q.words()
	lexical := make([]float64, len(ids))
	var dense []float64
	for i, id := range ids {
		e, ok := r.entries[id]
		if !ok {
			return nil, need.Errorf(need.Invalid, "candidate_unknown", "candidate %.60q was not given", id)
		}
		lexical[i] = bm25(r.stats, query, e.words)
		if vector != nil {
			dense = append(dense, meanDot(vector, e.vectors))
		}
	}
	out := make([]Scored, len(ids))
	for i, score := range fuse(dense, lexical) {
		out[i] = Scored{ID: ids[i], Score: score}
	}
	slices.SortStableFunc(out, func(a, b Scored) int { return cmp.Compare(b.Score, a.Score) })
	return out, nil
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
