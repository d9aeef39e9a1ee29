package main

import (
	"bytes"
	"strings"
	"testing"

	"tanxu/need"
)

// TestLibrariesMoveInAndOut exports what the demo's province has, and imports it
// for a city, which then has it as its own.
func TestLibrariesMoveInAndOut(t *testing.T) {
	t.Parallel()

	a, _ := start(t, nil)
	for kind, rows := range map[string]int{"achievements": 312, "experts": 60, "finance": 20} {
		province, city := shelf{"jx/", kind}, shelf{"jx/gz/", kind}
		var out bytes.Buffer
		scope, err := province.scope(t.Context(), a.store)
		if err == nil {
			err = province.save(t.Context(), a.store, scope, &out)
		}
		if n := strings.Count(out.String(), "\n"); err != nil || n != rows {
			t.Fatalf("%d %s exported, %v", n, kind, err)
		}
		file := out.String()
		if scope, err = city.scope(t.Context(), a.store); err != nil {
			t.Fatal(err)
		}
		for range 2 { // a second import changes nothing
			if n, err := city.load(t.Context(), a, scope, strings.NewReader(file)); err != nil || n != rows {
				t.Fatalf("%d %s imported, %v", n, kind, err)
			}
		}
		out.Reset()
		if err := city.save(t.Context(), a.store, scope, &out); err != nil || strings.Count(out.String(), "\n") != rows {
			t.Errorf("the city has %d %s, %v", strings.Count(out.String(), "\n"), kind, err)
		}
		if _, err := city.load(t.Context(), a, scope, strings.NewReader(file+"{}\n")); need.KindOf(err) != need.Invalid {
			t.Errorf("a broken file of %s: %v", kind, err)
		}
	}
	nowhere := shelf{"jx/nowhere/", "experts"}
	if _, err := nowhere.scope(t.Context(), a.store); err == nil {
		t.Error("a centre that is not there was taken")
	}
}
