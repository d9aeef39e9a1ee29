package document_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"tanxu/document"
	"tanxu/extract"
	"tanxu/need"
)

// drafts reads a file to its drafts, and checks that each value rests on the
// words of the place that it names.
func drafts(t testing.TB, name string, data []byte, o document.Overrides) []document.Draft {
	t.Helper()
	doc, err := document.Read(context.Background(), name, data, document.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return draftsOf(t, doc, document.Guess(doc).With(o))
}

func draftsOf(t testing.TB, doc *document.Document, m document.Mapping) []document.Draft {
	t.Helper()
	texts, n := places(doc), 0
	var out []document.Draft
	src := document.Source{ID: "d1", Now: now(), NewID: func() need.ID { n++; return need.ID(fmt.Sprint("n", n)) }}
	for d := range document.Needs(context.Background(), doc, m, extract.NewRules(), src) {
		out = append(out, d)
		if (d.Need == nil) == (d.Skipped == "") {
			t.Errorf("%s: a need and a reason for none, or neither: %+v", d.Place, d)
		}
		for _, e := range evidence(d.Events) {
			text, ok := texts[e.Ref]
			if r := []rune(text); !ok || e.Start < 0 || e.End > len(r) || e.Start > e.End || string(r[e.Start:e.End]) != e.Quote {
				t.Errorf("%s: evidence %+v does not stand in %q", d.Place, e, text)
			}
		}
		for _, k := range d.Cells {
			if !strings.Contains(texts[document.Ref("d1", k.Place)], k.Text) {
				t.Errorf("%s: kept %+v does not stand there", d.Place, k)
			}
		}
	}
	return out
}

// places are the texts of a document by the refs of evidence.
func places(doc *document.Document) map[string]string {
	out := map[string]string{}
	for i := range doc.Tables {
		t := &doc.Tables[i]
		for _, r := range t.Rows {
			for _, c := range r.Cells {
				out[document.Ref("d1", t.CellPlace(r.Number, c.Col))] = c.Text
			}
		}
	}
	for _, b := range doc.Blocks {
		out[document.Ref("d1", b.Place)] = b.Text
	}
	return out
}

func evidence(events []need.Event) []need.Evidence {
	var out []need.Evidence
	for _, e := range events {
		switch {
		case e.Item != nil:
			out = append(out, e.Item.Evidence...)
		case e.Row != nil:
			out = append(out, e.Row.Evidence...)
		case e.Route != nil:
			out = append(out, e.Route.Evidence...)
		}
	}
	return out
}

// outline is what a draft says, in one line for comparing.
func outline(d document.Draft) string {
	if d.Need == nil {
		return "skipped: " + string(d.Skipped)
	}
	parts := []string{d.Need.Title}
	for _, k := range need.Keys() {
		f := d.Need.Fields[k]
		switch {
		case f == nil || k == need.KeyScene || k == need.KeyKeyTech:
			continue // from the title, where nothing says it
		case len(f.Items) == 0 && f.Status != need.Missing:
			parts = append(parts, fmt.Sprintf("%s %s %s", k, f.Status, f.Raw))
		}
		for _, i := range f.Items {
			parts = append(parts, fmt.Sprintf("%s %s", k, value(i.Value)))
		}
	}
	for _, r := range d.Need.Indicators {
		parts = append(parts, strings.TrimSpace(fmt.Sprintf("%s %s→%s%s %s", r.Name, quantity(r.Current), r.Op, quantity(r.Target), r.Unit)))
	}
	return strings.Join(parts, " | ")
}

func value(v need.Value) string {
	switch {
	case v.Money != nil && v.Money.Min == v.Money.Max:
		return fmt.Sprint(v.Money.Max)
	case v.Money != nil:
		return fmt.Sprintf("%v~%v", v.Money.Min, v.Money.Max)
	case v.Deadline != nil:
		return v.Deadline.ISO
	default:
		return v.Text
	}
}

func quantity(q *need.Quantity) string {
	if q == nil {
		return ""
	}
	return q.Text
}

// compare fails the test where drafts differ from their outlines.
func compare(t *testing.T, got []document.Draft, want ...string) {
	t.Helper()
	for i := range max(len(got), len(want)) {
		g, w := "", ""
		if i < len(got) {
			g = outline(got[i])
		}
		if i < len(want) {
			w = want[i]
		}
		if g != w {
			t.Errorf("draft %d:\n got %s\nwant %s", i+1, g, w)
		}
	}
}
