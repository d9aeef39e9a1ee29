package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const benchRun = `goos: linux
pkg: tanxu/interview
BenchmarkTurn-2   	     100	    812000 ns/op	    700000 p50-ns	   2100000 p99-ns	      98.5 turns/s
BenchmarkService 	       1	20021000000 ns/op	        12.5 p50-ms	        80.0 p99-ms	       400 n
BenchmarkParse/中文数字-2 	    5000	       250.5 ns/op
PASS
ok  	tanxu/interview	1.2s
`

func TestRun(t *testing.T) {
	t.Parallel()

	dir := t.TempDir()
	bench, rows, out := filepath.Join(dir, "b.txt"), filepath.Join(dir, "r.jsonl"), filepath.Join(dir, "latest.json")
	for name, text := range map[string]string{bench: benchRun, rows: `{"name":"turns","value":31.5,"unit":"ms","n":2000,"p50":30,"p99":90}` + "\n"} {
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	var printed bytes.Buffer
	if err := run(&printed, out, "abc1234", []string{bench, rows}); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	var got []row
	if err := json.Unmarshal(text, &got); err != nil {
		t.Fatal(err)
	}
	if len(got) != 6 {
		t.Fatalf("%d rows, want 6: %s", len(got), text)
	}
	if s := got[3]; s.Name != "interview.Service" || s.Unit != "ms" || s.N != 400 || s.Value != 12.5 || s.P99 == nil || *s.P99 != 80 {
		t.Errorf("quantiles without a mean: %s", text)
	}
	turn := got[0]
	if turn.Name != "interview.Turn" || turn.N != 100 || turn.Value != 812000 || turn.P50 == nil || *turn.P50 != 700000 || turn.P99 == nil || *turn.P99 != 2100000 {
		t.Errorf("turn: %s", text)
	}
	if got[1].Unit != "turns/s" || got[1].P50 != nil || got[4].Name != "interview.Parse/中文数字" || got[5].Commit != "abc1234" || got[5].Machine == "" {
		t.Errorf("rows: %s", text)
	}
	if !strings.Contains(printed.String(), "interview.Turn") {
		t.Errorf("table:\n%s", printed.String())
	}
}

func TestNoBenchmarkIsAnError(t *testing.T) {
	t.Parallel()

	empty := filepath.Join(t.TempDir(), "b.txt")
	if err := os.WriteFile(empty, []byte("PASS\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := run(&bytes.Buffer{}, filepath.Join(t.TempDir(), "x.json"), "", []string{empty}); err == nil {
		t.Error("a run without benchmarks passes")
	}
}
