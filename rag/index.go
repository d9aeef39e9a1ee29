package rag

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"fmt"
	"strings"

	"tanxu/embeddings"
	"tanxu/need"
)

// Shelf is the part of storage that indexing needs.
type Shelf interface {
	PutAchievements(ctx context.Context, scope need.Scope, list []need.IndexedAchievement) error
	UseModel(ctx context.Context, scope need.Scope, name string, dims int) (need.VectorModel, error)
	UnembeddedAchievements(ctx context.Context, scope need.Scope, m need.VectorModel, after need.AchievementID, limit int) ([]need.Unembedded, error)
	PutVectors(ctx context.Context, scope need.Scope, m need.VectorModel, list []need.Vector) error
}

// Index keeps the library findable.
type Index struct {
	shelf    Shelf
	embedder embeddings.Embedder
}

// NewIndex returns an Index; without an embedder (nil) it holds words only.
func NewIndex(s Shelf, e embeddings.Embedder) *Index { return &Index{shelf: s, embedder: e} }

// Put adds achievements, or updates those whose centre and code are there; all
// of them or none. Embed makes their vectors, which takes longer.
func (x *Index) Put(ctx context.Context, scope need.Scope, list []need.Achievement) error {
	indexed := make([]need.IndexedAchievement, len(list))
	for i, a := range list {
		indexed[i] = need.IndexedAchievement{Achievement: a, Lexemes: unique(Lexemes(fullText(a)))}
	}
	if err := x.shelf.PutAchievements(ctx, scope, indexed); err != nil {
		return fmt.Errorf("index %d achievements: %w", len(list), err)
	}
	return nil
}

// fullText is what an achievement is found by.
func fullText(a need.Achievement) string {
	return strings.Join([]string{a.Title, a.Summary, a.Indicators, strings.Join(a.Keywords, " ")}, "\n")
}

// page is how many achievements are read, embedded and stored at a time: little
// is lost when the process ends in between.
const page = 32

// Embed makes the vectors that the scope's own achievements lack, or whose text
// has changed, and returns their number. It may be stopped and run again at any
// time; without an embedder it does nothing.
func (x *Index) Embed(ctx context.Context, scope need.Scope) (int, error) {
	if x.embedder == nil {
		return 0, nil
	}
	embedder := embeddings.Serving(x.embedder)
	info := embedder.Model()
	model, err := x.shelf.UseModel(ctx, scope, info.ID, info.Dims)
	if err != nil {
		return 0, fmt.Errorf("embed achievements: %w", err)
	}
	var after need.AchievementID
	for made := 0; ; {
		list, err := x.shelf.UnembeddedAchievements(ctx, scope, model, after, page)
		if err != nil {
			return made, fmt.Errorf("embed achievements: %w", err)
		}
		if len(list) == 0 {
			return made, nil
		}
		after = list[len(list)-1].ID
		n, err := x.embedPage(ctx, scope, embedder, model, list)
		if made += n; err != nil {
			return made, fmt.Errorf("embed achievements: %w", err)
		}
	}
}

func (x *Index) embedPage(ctx context.Context, scope need.Scope, e embeddings.Embedder, model need.VectorModel, list []need.Unembedded) (int, error) {
	var vectors []need.Vector
	var texts []string
	for _, a := range list {
		for field, text := range fields(a.Achievement) {
			hash := sha256.Sum256([]byte(text))
			if !bytes.Equal(a.Hashes[field], hash[:]) {
				vectors = append(vectors, need.Vector{Achievement: a.ID, Field: field, Hash: hash[:]})
				texts = append(texts, text)
			}
		}
	}
	if len(texts) == 0 {
		return 0, nil
	}
	values, err := embed(ctx, e, embeddings.Passage, texts)
	if err != nil {
		return 0, err
	}
	for i := range vectors {
		vectors[i].Values = values[i]
	}
	return len(vectors), x.shelf.PutVectors(ctx, scope, model, vectors)
}

// fields are the texts of an achievement that get a vector each. One without a
// text has its title there too: the vector of nothing would pull down the mean.
func fields(a need.Achievement) map[string]string {
	return map[string]string{"title": a.Title, "text": cmp.Or(strings.TrimSpace(a.Summary+"\n"+a.Indicators), a.Title)}
}
