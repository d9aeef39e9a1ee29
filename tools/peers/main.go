// Command peers ranks the achievements of the match data by other engines, so
// that they stand beside the service's own figures. It is a module of its own:
// the product depends on none of them.
//
//	go run . NEEDS TITLES PAIRS
package main

import (
	"context"
	"fmt"
	"log"
	"os"
	"strings"

	"github.com/blevesearch/bleve/v2"
	_ "github.com/blevesearch/bleve/v2/analysis/lang/cjk"
	"github.com/blevesearch/bleve/v2/search/query"

	"tanxu/eval"
)

func main() {
	log.SetFlags(0)
	if len(os.Args) != 4 {
		log.Fatal("usage: peers NEEDS TITLES PAIRS")
	}
	if err := run(os.Args[1:]); err != nil {
		log.Fatal(err)
	}
}

func run(paths []string) error {
	files := make([]*os.File, len(paths))
	for i, path := range paths {
		f, err := os.Open(path)
		if err != nil {
			return fmt.Errorf("open the data: %w", err)
		}
		defer f.Close()
		files[i] = f
	}
	data, err := eval.ReadMatchData(files[0], files[1], files[2])
	if err != nil {
		return err
	}
	index, err := indexed(data.Titles)
	if err != nil {
		return err
	}
	for _, scoring := range []struct {
		name string
		text func(eval.MatchNeed) string
	}{
		{"bleve cjk, title of the need", func(n eval.MatchNeed) string { return n.Title }},
		{"bleve cjk, title and text", func(n eval.MatchNeed) string { return n.Title + "\n" + n.Text }},
	} {
		figures, err := eval.Match(context.Background(), by(index, len(data.Titles), scoring.text), data)
		if err != nil {
			return fmt.Errorf("%s: %w", scoring.name, err)
		}
		fmt.Println(scoring.name)
		for _, f := range figures {
			fmt.Println(" ", f)
		}
	}
	return nil
}

// indexed holds the titles by bleve's analyzer for Chinese, in memory.
func indexed(titles []eval.MatchTitle) (bleve.Index, error) {
	mapping := bleve.NewIndexMapping()
	mapping.DefaultAnalyzer = "cjk"
	mapping.ScoringModel = "bm25"
	index, err := bleve.NewMemOnly(mapping)
	if err != nil {
		return nil, fmt.Errorf("make the index: %w", err)
	}
	batch := index.NewBatch()
	for _, t := range titles {
		if err := batch.Index(t.ID, map[string]string{"title": t.Title}); err != nil {
			return nil, fmt.Errorf("index %s: %w", t.ID, err)
		}
	}
	return index, index.Batch(batch)
}

// by ranks the whole pool, and what was not found behind it.
func by(index bleve.Index, pool int, text func(eval.MatchNeed) string) eval.Rank {
	return func(ctx context.Context, n eval.MatchNeed, ids []string) ([]string, error) {
		q := query.NewMatchQuery(strings.Join(strings.Fields(text(n)), " "))
		found, err := index.SearchInContext(ctx, bleve.NewSearchRequestOptions(q, pool, 0, false))
		if err != nil {
			return nil, fmt.Errorf("search: %w", err)
		}
		wanted := make(map[string]bool, len(ids))
		for _, id := range ids {
			wanted[id] = true
		}
		var order []string
		for _, hit := range found.Hits {
			if ids == nil || wanted[hit.ID] {
				order = append(order, hit.ID)
				delete(wanted, hit.ID)
			}
		}
		for _, id := range ids {
			if wanted[id] {
				order = append(order, id)
			}
		}
		return order, nil
	}
}
