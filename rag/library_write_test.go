package rag_test

import (
	"bytes"
	"os"
	"path/filepath"
	"reflect"
	"testing"

	"tanxu/rag"
)

// TestLibraryFilesRoundTrip: what was exported is imported as it was.
func TestLibraryFilesRoundTrip(t *testing.T) {
	t.Parallel()

	text := func(name string) *bytes.Buffer {
		raw, err := os.ReadFile(filepath.Join("..", "demo", "data", name))
		must(t, err)
		return bytes.NewBuffer(raw)
	}
	var out bytes.Buffer
	a, err := rag.ReadAchievements(text("achievements.jsonl"), province)
	must(t, err)
	must(t, rag.WriteAchievements(&out, a))
	if again, err := rag.ReadAchievements(&out, province); err != nil || !reflect.DeepEqual(a, again) {
		t.Errorf("achievements differ, %v", err)
	}
	e, err := rag.ReadExperts(text("experts.jsonl"), province)
	must(t, err)
	must(t, rag.WriteExperts(&out, e))
	if again, err := rag.ReadExperts(&out, province); err != nil || !reflect.DeepEqual(e, again) {
		t.Errorf("experts differ, %v", err)
	}
	f, err := rag.ReadFinanceProducts(text("finance_products.jsonl"), province)
	must(t, err)
	must(t, rag.WriteFinanceProducts(&out, f))
	if again, err := rag.ReadFinanceProducts(&out, province); err != nil || !reflect.DeepEqual(f, again) {
		t.Errorf("products differ, %v", err)
	}
}
