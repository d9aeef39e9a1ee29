package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"tanxu/document"
	"tanxu/library"
	"tanxu/need"
)

// TestLibrariesMoveInAndOut exports what the demo's province has, and imports it
// for a city, which then has it as its own.
func TestLibrariesMoveInAndOut(t *testing.T) {
	t.Parallel()

	a, _ := start(t, nil)
	for kind, rows := range map[need.Library]int{need.Achievements: 312, need.Experts: 60, need.FinanceProducts: 20} {
		province, city := shelf{"jx/", kind}, delivery{shelf: shelf{"jx/gz/", kind}, strict: true, said: t.Output()}
		write := func(s *shelf, format library.Format) []byte {
			t.Helper()
			scope, err := s.scope(t.Context(), a.store)
			if err != nil {
				t.Fatal(err)
			}
			var out bytes.Buffer
			if err := library.Write(&out, format, kind, s.own(t.Context(), a.store, scope, true)); err != nil {
				t.Fatal(err)
			}
			return out.Bytes()
		}
		file := write(&province, library.Lines)
		if n := bytes.Count(file, []byte("\n")); n != rows {
			t.Fatalf("%d %s exported", n, kind)
		}
		scope, err := city.scope(t.Context(), a.store)
		if err != nil {
			t.Fatal(err)
		}
		put := func(name string, data []byte) (map[string]int, error) {
			t.Helper()
			doc, err := document.Read(t.Context(), name, data, document.Options{})
			if err != nil {
				t.Fatal(err)
			}
			return city.put(t.Context(), a.store, scope, doc)
		}
		if done, err := put("x.jsonl", file); err != nil || done["added"] != rows {
			t.Fatalf("%s imported: %v, %v", kind, done, err)
		}
		if done, err := put("y.jsonl", file); err != nil || done["unchanged"] != rows {
			t.Fatalf("%s imported again: %v, %v", kind, done, err)
		}
		if again := write(&city.shelf, library.Lines); len(again) < len(file) {
			t.Errorf("the city has %d bytes of %s, its province %d", len(again), kind, len(file))
		}
		if done, err := put("z.csv", write(&city.shelf, library.CSV)); err != nil || done["unchanged"]+done["updated"] != rows || done["updated"] > 0 {
			t.Errorf("%s by a sheet: %v, %v", kind, done, err)
		}
		if _, err := put("broken.jsonl", append(file, `{"code":"half`...)); need.KindOf(err) != need.Invalid {
			t.Errorf("a broken file of %s: %v", kind, err)
		}
	}
	nowhere := shelf{"jx/nowhere/", need.Experts}
	if _, err := nowhere.scope(t.Context(), a.store); err == nil {
		t.Error("a centre that is not there was taken")
	}
}

// TestAHugeFileIsNotRead: a file of 1 GiB, most of which is not on the disk.
func TestAHugeFileIsNotRead(t *testing.T) {
	t.Parallel()

	name := filepath.Join(t.TempDir(), "成果.csv")
	f, err := os.Create(name)
	if err == nil {
		err = f.Truncate(1 << 30)
	}
	if err != nil || f.Close() != nil {
		t.Fatal(err)
	}
	if _, err := readLibraryFile(t.Context(), name); need.CodeOf(err) != document.CodeSize || !strings.Contains(err.Error(), "in parts") {
		t.Errorf("read: %v", err)
	}
}
