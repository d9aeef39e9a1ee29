// Command testreport reads what test runs wrote and says in one line how many
// tests passed and failed. It ends with 1 if any failed or a part is missing.
//
//	testreport -go FILE [-part] [VITEST…]
//
// FILE holds the output of go test -json; -part prints the packages and the
// failures in it; VITEST are vitest's JSON reports.
package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"
)

// count is what a part came to.
type count struct{ passed, failed, skipped int }

func main() {
	goFile := flag.String("go", "", "output of go test -json")
	part := flag.Bool("part", false, "print the packages and the failures of Go")
	flag.Parse()

	total, err := report(os.Stdout, *goFile, *part, flag.Args())
	if err != nil {
		fmt.Fprintln(os.Stderr, "testreport:", err)
		os.Exit(1)
	}
	if total.failed > 0 || total.passed == 0 {
		os.Exit(1)
	}
}

// report prints the line of all parts together.
func report(w io.Writer, goFile string, part bool, vitest []string) (count, error) {
	f, err := os.Open(goFile)
	if err != nil {
		return count{}, fmt.Errorf("open the report of Go: %w", err)
	}
	defer f.Close()
	detail := io.Discard
	if part {
		detail = w
	}
	total, err := readGo(f, detail)
	if err != nil {
		return total, fmt.Errorf("read %s: %w", goFile, err)
	}
	for _, name := range vitest {
		text, err := os.ReadFile(name)
		if errors.Is(err, fs.ErrNotExist) {
			continue // that part did not run, and whoever ran it has said so
		}
		if err != nil {
			return total, fmt.Errorf("open a report of vitest: %w", err)
		}
		c, err := readVitest(text)
		if err != nil {
			return total, fmt.Errorf("read %s: %w", name, err)
		}
		total = count{total.passed + c.passed, total.failed + c.failed, total.skipped + c.skipped}
	}
	if total.skipped > 0 {
		fmt.Fprintf(w, "%d skipped\n", total.skipped)
	}
	fmt.Fprintf(w, "%d passed, %d failed\n", total.passed, total.failed)
	return total, nil
}

// event is one line of go test -json.
type event struct {
	Action, Package, Test, Output string
	Elapsed                       float64
}

// readGo counts the tests of a run. A package that fails without a failed test,
// as when it does not build, counts as one.
func readGo(r io.Reader, w io.Writer) (count, error) {
	var total count
	output := map[string]*bytes.Buffer{} // of each test and package, until it passes
	failedIn := map[string]int{}
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, 64<<20) // a test may print a whole document on one line
	for lines.Scan() {
		var e event
		if json.Unmarshal(lines.Bytes(), &e) != nil {
			fmt.Fprintln(w, lines.Text()) // the compiler's words, not a test's
			continue
		}
		key := e.Package + " " + e.Test
		switch e.Action {
		case "output", "build-output":
			if output[key] == nil {
				output[key] = &bytes.Buffer{}
			}
			if !strings.HasPrefix(e.Output, "=== ") { // when it began and waited
				output[key].WriteString(e.Output)
			}
			if e.Action == "build-output" {
				fmt.Fprint(w, e.Output)
			}
		case "pass", "skip":
			delete(output, key)
			switch {
			case e.Test == "" && e.Action == "pass":
				fmt.Fprintf(w, "ok    %s %.1fs\n", e.Package, e.Elapsed)
			case e.Test != "" && e.Action == "pass":
				total.passed++
			case e.Test != "":
				total.skipped++
			}
		case "fail":
			if b := output[key]; b != nil {
				fmt.Fprintf(w, "FAIL  %s\n%s", key, b)
			}
			if e.Test != "" || failedIn[e.Package] == 0 {
				total.failed++
			}
			failedIn[e.Package]++
		}
	}
	return total, lines.Err()
}

// readVitest counts the tests of a report, and a file that could not be loaded
// as a failed one.
func readVitest(text []byte) (count, error) {
	var r struct {
		NumPassedTests, NumFailedTests, NumPendingTests int
		TestResults                                     []struct {
			Status           string
			AssertionResults []json.RawMessage
		}
	}
	if err := json.Unmarshal(text, &r); err != nil {
		return count{}, err
	}
	c := count{r.NumPassedTests, r.NumFailedTests, r.NumPendingTests}
	for _, f := range r.TestResults {
		if f.Status == "failed" && len(f.AssertionResults) == 0 {
			c.failed++
		}
	}
	return c, nil
}
