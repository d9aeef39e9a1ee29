package scale_test

import (
	"errors"
	"path/filepath"
	"strings"
	"testing"

	"tanxu/embeddings"
	"tanxu/embeddings/bge"
	"tanxu/eval"
	"tanxu/library"
	"tanxu/need"
)

// every how many records one is stated again.
const every = 3

// BenchmarkAlike edits texts of BENCH_ALIKE records (1000) as people do who
// state the same again, and looks from what cosine on vectors find the copies
// and nothing else. The paragraphs of one paper are records of one owner: they
// speak of one thing and are not the same.
func BenchmarkAlike(b *testing.B) {
	e, err := bge.Open(bge.Options{Dir: filepath.Join("..", "..", ".local", "models")})
	if errors.Is(err, bge.ErrAbsent) {
		b.Skip(err)
	}
	must(b, err)
	b.Cleanup(func() { _ = e.Close() })
	n := number("BENCH_ALIKE", 1000)
	var records []need.Entry
	for _, a := range readTexts(b).Achievements(n, "jx/") {
		records = append(records, need.Entry{Library: need.Achievements, Values: need.Values{"title": a.Title, "summary": a.Summary, "owner_org": a.Owner}})
	}
	editor := eval.NewMaker(seed)
	for i := 0; i < n; i += every {
		c := need.Entry{Library: need.Achievements, Values: need.Values{"owner_org": records[i].Values.Text("owner_org")}}
		c.Values["title"], c.Values["summary"] = editor.Edit(records[i].Values.Text("title")), editor.Edit(shortened(records[i].Values.Text("summary")))
		records = append(records, c)
	}
	texts := make([]string, len(records))
	for i := range records {
		texts[i] = records[i].Values.Text("summary")
	}
	vectors, err := e.Embed(b.Context(), embeddings.Passage, texts)
	must(b, err)
	for b.Loop() {
		found, wrong := 0, 0
		for i := range records {
			for j := range i {
				switch {
				case !library.Meant(&records[i], &records[j], dot(vectors[i], vectors[j])):
				case i >= n && j == (i-n)*every:
					found++
				default:
					wrong++
				}
			}
		}
		b.ReportMetric(float64(found)/float64(len(records)-n), "recall")
		b.ReportMetric(float64(found)/float64(max(found+wrong, 1)), "precision")
	}
}

// shortened leaves every third sentence out and says the last one first.
func shortened(text string) string {
	s := strings.FieldsFunc(text, func(r rune) bool { return r == '。' })
	var kept []string
	for i, one := range s {
		if i%3 != 1 || len(s) < 3 {
			kept = append(kept, one)
		}
	}
	if len(kept) > 1 {
		kept = append(kept[len(kept)-1:], kept[:len(kept)-1]...)
	}
	return strings.Join(kept, "。") + "。"
}

func dot(a, b []float32) float64 {
	var sum float32
	for i, x := range a {
		sum += x * b[i]
	}
	return float64(sum)
}
