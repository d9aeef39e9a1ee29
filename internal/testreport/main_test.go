package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const goRun = `{"Action":"run","Package":"tanxu/need","Test":"TestA"}
{"Action":"output","Package":"tanxu/need","Test":"TestA","Output":"not shown\n"}
{"Action":"pass","Package":"tanxu/need","Test":"TestA"}
{"Action":"skip","Package":"tanxu/need","Test":"TestS"}
{"Action":"output","Package":"tanxu/need","Test":"TestB","Output":"    b_test.go:7: 良率 92, want 95\n"}
{"Action":"fail","Package":"tanxu/need","Test":"TestB"}
{"Action":"fail","Package":"tanxu/need"}
{"ImportPath":"tanxu/bot","Action":"build-output","Output":"bot.go:1: undefined\n"}
{"Action":"fail","Package":"tanxu/bot"}
{"Action":"pass","Package":"tanxu/llm","Test":"TestC"}
{"Action":"pass","Package":"tanxu/llm","Elapsed":1.25}
`

func TestReport(t *testing.T) {
	t.Parallel()

	tests := map[string]struct {
		goRun, vitest string
		want          count
		shows, hides  []string
	}{
		"all parts": {
			goRun, `{"numPassedTests":5,"numFailedTests":1,"numPendingTests":2,"testResults":[{"status":"failed","assertionResults":[]}]}`,
			count{passed: 7, failed: 4, skipped: 3},
			[]string{"7 passed, 4 failed", "want 95", "undefined", "ok    tanxu/llm 1.2s"}, []string{"not shown"},
		},
		"nothing ran": {"", "", count{}, []string{"0 passed, 0 failed"}, []string{"skipped"}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			dir := t.TempDir()
			write := func(name, text string) string {
				path := filepath.Join(dir, name)
				if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
					t.Fatal(err)
				}
				return path
			}
			vitest := []string{filepath.Join(dir, "absent.json")}
			if tt.vitest != "" {
				vitest = append(vitest, write("web.json", tt.vitest))
			}
			var out bytes.Buffer
			got, err := report(&out, write("go.json", tt.goRun), true, vitest)
			if err != nil || got != tt.want {
				t.Errorf("report() = %+v, %v, want %+v", got, err, tt.want)
			}
			for _, text := range tt.shows {
				if !strings.Contains(out.String(), text) {
					t.Errorf("%q is not in:\n%s", text, out.String())
				}
			}
			for _, text := range tt.hides {
				if strings.Contains(out.String(), text) {
					t.Errorf("%q is in:\n%s", text, out.String())
				}
			}
		})
	}
}

func TestABrokenReportIsAnError(t *testing.T) {
	t.Parallel()

	if _, err := readVitest([]byte("{")); err == nil {
		t.Error("half a report passes")
	}
}
