package document_test

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write what the files of testdata are read as")

// TestFixtures reads the files of testdata, each of which has what it is read
// as beside it: one line a draft.
func TestFixtures(t *testing.T) {
	t.Parallel()

	files, err := filepath.Glob("testdata/*.*")
	must(t, err)
	read := 0
	for _, path := range files {
		if strings.HasSuffix(path, ".want") {
			continue
		}
		read++
		t.Run(filepath.Base(path), func(t *testing.T) {
			t.Parallel()

			data, err := os.ReadFile(path)
			must(t, err)
			var got strings.Builder
			for _, d := range drafts(t, filepath.Base(path), data, nil) {
				got.WriteString(d.Place + "\t" + strings.ReplaceAll(outline(d), "\n", "⏎") + "\n")
			}
			if *update {
				must(t, os.WriteFile(path+".want", []byte(got.String()), 0o600))
			}
			want, err := os.ReadFile(path + ".want")
			if err != nil || got.String() != string(want) {
				t.Errorf("read as\n%swant\n%s%v", got.String(), want, err)
			}
		})
	}
	if read < 4 {
		t.Errorf("only %d files in testdata", read)
	}
}
