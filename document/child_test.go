package document_test

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"tanxu/document"
	"tanxu/need"
)

// TestMain lets the test binary be the reading process, well-behaved or not.
func TestMain(m *testing.M) {
	if len(os.Args) < 2 {
		os.Exit(m.Run())
	}
	switch os.Args[1] {
	case "parse-document":
		if err := document.Serve(context.Background(), os.Stdin, os.Stdout); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	case "hang":
		io.Copy(io.Discard, os.Stdin)
		fmt.Println(`{"kind":"txt"}`)
		select {}
	case "die":
		fmt.Println(`{"kind":"txt"}`)
		fmt.Fprintln(os.Stderr, "signal: segmentation fault")
		os.Exit(2)
	case "flood":
		fmt.Println(`{"kind":"txt"}`)
		for {
			if _, err := fmt.Printf("{\"block\":{\"place\":\"text\",\"text\":%q}}\n", strings.Repeat("铜", 1000)); err != nil {
				return
			}
		}
	case "env":
		fmt.Printf("{\"block\":{\"place\":\"text\",\"text\":%q}}\n{\"end\":true}\n", strings.Join(os.Environ(), " "))
	case "hoard":
		hoard()
	default:
		os.Exit(m.Run())
	}
}

// hoard takes memory within the bounds of the process until it is stopped.
func hoard() {
	if err := document.Serve(context.Background(), os.Stdin, io.Discard); err != nil {
		os.Exit(3)
	}
	var kept [][]byte
	for range 1 << 12 {
		b := make([]byte, 1<<20)
		for i := range b {
			b[i] = 1
		}
		kept = append(kept, b)
	}
	fmt.Printf("{\"block\":{\"place\":\"text\",\"text\":\"%d MiB\"}}\n{\"end\":true}\n", len(kept))
}

func child(t testing.TB, how string, b document.Bounds) *document.Child {
	t.Helper()
	self, err := os.Executable()
	must(t, err)
	return document.NewChild([]string{self, how}, t.TempDir(), document.Options{}, b)
}

func TestChildReadsAsInProcess(t *testing.T) {
	t.Parallel()

	c := child(t, "parse-document", document.Bounds{})
	files := map[string][]byte{
		"需求.xlsx": workbook(t, nil, []any{"技术需求名称", "主要问题"}, []any{"高导铜合金", "导电率<80%，\"上不去\""}),
		"需求.docx": word(t, para("导电率上不去")+grid([]string{"预算", "50万元"})),
		"需求.csv":  gb(t, "名称,问题\n高导铜,不行\n"),
		"需求.txt":  []byte("导电率上不去"),
		"需求.pdf":  pdfFile([]string{"导电率上不去"}, nil),
	}
	for name, data := range files {
		got, err := c.Read(context.Background(), name, data)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		want, err := document.Read(context.Background(), name, data, document.Options{})
		if err != nil || fmt.Sprint(*got) != fmt.Sprint(*want) {
			t.Errorf("%s: %+v, want %+v, %v", name, got, want, err)
		}
	}
}

func TestChildFails(t *testing.T) {
	t.Parallel()

	short := document.Bounds{Timeout: 300 * time.Millisecond}
	tests := map[string]struct {
		how    string
		bounds document.Bounds
		name   string
		data   string
		code   string
	}{
		"an error of the file":      {"parse-document", document.Bounds{}, "需求.xlsx", "PK\x03\x04", document.CodeCorrupt},
		"a file too large":          {"parse-document", document.Bounds{}, "需求.txt", strings.Repeat("x", 20<<20+1), document.CodeSize},
		"a process that hangs":      {"hang", short, "需求.txt", "x", document.CodeTimeout},
		"a process that dies":       {"die", document.Bounds{}, "需求.txt", "x", document.CodeCrash},
		"a process that floods":     {"flood", document.Bounds{}, "需求.txt", "x", document.CodeText},
		"a process that takes more": {"hoard", document.Bounds{Memory: 200 << 20}, "需求.txt", "x", document.CodeCrash},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			if tt.bounds.Memory != 0 && runtime.GOOS != "linux" {
				t.Skip("only Linux bounds the memory of a process")
			}
			doc, err := child(t, tt.how, tt.bounds).Read(context.Background(), tt.name, []byte(tt.data))
			if need.KindOf(err) != need.Invalid || need.CodeOf(err) != tt.code {
				t.Errorf("Read = %v, %v; want %s", doc, err, tt.code)
			}
		})
	}
}

func TestChildKeepsNothing(t *testing.T) {
	t.Parallel()

	self, err := os.Executable()
	must(t, err)
	dir := t.TempDir()
	c := document.NewChild([]string{self, "hang"}, dir, document.Options{}, document.Bounds{Timeout: 100 * time.Millisecond})
	if _, err := c.Read(context.Background(), "需求.txt", []byte("x")); need.CodeOf(err) != document.CodeTimeout {
		t.Fatal(err)
	}
	left, err := filepath.Glob(filepath.Join(dir, "*"))
	if err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

// The environment holds passwords: a process that reads files of strangers has
// no business with it.
func TestChildSeesNoSecrets(t *testing.T) {
	t.Setenv("DATABASE_URL", "postgres://secret")

	doc, err := child(t, "env", document.Bounds{}).Read(context.Background(), "需求.txt", []byte("x"))
	if err != nil {
		t.Fatal(err)
	}
	if env := doc.Blocks[0].Text; strings.Contains(env, "secret") || !strings.Contains(env, "TMPDIR=") {
		t.Errorf("environment: %s", env)
	}
}

func TestChildStopsWhenAsked(t *testing.T) {
	t.Parallel()

	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	_, err := child(t, "hang", document.Bounds{}).Read(ctx, "需求.txt", []byte("x"))
	if err == nil || need.CodeOf(err) == document.CodeTimeout {
		t.Errorf("Read = %v, want the context's error", err)
	}
}
