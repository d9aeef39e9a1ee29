// Command benchreport turns the output of go test -bench, and rows of JSON from
// other benchmarks, into one table and one file.
//
//	benchreport -out FILE -commit HASH BENCH.txt ROWS.jsonl
//
// A benchmark's own metrics p50-<unit> and p99-<unit> become the p50 and p99 of
// its row of that unit, or a row, and n counts what they are quantiles of; its
// other metrics become rows of their own.
package main

import (
	"bufio"
	"cmp"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"text/tabwriter"
)

// row is one figure. P50 and P99 are in the row's unit.
type row struct {
	Name    string   `json:"name"`
	Value   float64  `json:"value"`
	Unit    string   `json:"unit"`
	N       int64    `json:"n"`
	P50     *float64 `json:"p50"`
	P99     *float64 `json:"p99"`
	Machine string   `json:"machine"`
	Commit  string   `json:"commit"`
}

func main() {
	out := flag.String("out", "bench/latest.json", "file to write")
	commit := flag.String("commit", "", "commit that was measured")
	flag.Parse()
	if err := run(os.Stdout, *out, *commit, flag.Args()); err != nil {
		fmt.Fprintln(os.Stderr, "benchreport:", err)
		os.Exit(1)
	}
}

// run reads the files, by their names' endings, and writes table and file.
func run(w io.Writer, out, commit string, files []string) error {
	var rows []row
	for _, name := range files {
		f, err := os.Open(name)
		if err != nil {
			return fmt.Errorf("open a result: %w", err)
		}
		read := readBench
		if filepath.Ext(name) == ".jsonl" {
			read = readRows
		}
		more, err := read(f)
		f.Close()
		if err != nil {
			return fmt.Errorf("read %s: %w", name, err)
		}
		rows = append(rows, more...)
	}
	if len(rows) == 0 {
		return fmt.Errorf("no benchmark in %v", files)
	}
	where := machine()
	for i := range rows {
		rows[i].Machine, rows[i].Commit = cmp.Or(rows[i].Machine, where), commit
	}
	text, err := json.MarshalIndent(rows, "", "  ")
	if err != nil {
		return fmt.Errorf("write the rows: %w", err)
	}
	if err := os.WriteFile(out, append(text, '\n'), 0o644); err != nil {
		return fmt.Errorf("write the rows: %w", err)
	}
	return table(w, rows)
}

var benchLine = regexp.MustCompile(`^Benchmark(\S+?)(?:-\d+)?\s+(\d+)\s+(.*)$`)

// readBench reads lines such as "BenchmarkTurn-2  100  812 ns/op  700 p50-ns".
func readBench(r io.Reader) ([]row, error) {
	var rows []row
	folder := ""
	lines := bufio.NewScanner(r)
	for lines.Scan() {
		if pkg, ok := strings.CutPrefix(lines.Text(), "pkg: "); ok {
			folder = strings.TrimPrefix(pkg, "tanxu/")
			continue
		}
		m := benchLine.FindStringSubmatch(lines.Text())
		if m == nil {
			continue
		}
		n, err := strconv.ParseInt(m[2], 10, 64)
		if err != nil {
			return nil, fmt.Errorf("line %q: %w", lines.Text(), err)
		}
		metrics, err := readMetrics(m[3])
		if err != nil {
			return nil, fmt.Errorf("line %q: %w", lines.Text(), err)
		}
		rows = append(rows, rowsOf(folder+"."+m[1], n, metrics)...)
	}
	return rows, lines.Err()
}

type metric struct {
	value float64
	unit  string
}

// readMetrics reads pairs of number and unit.
func readMetrics(text string) ([]metric, error) {
	words := strings.Fields(text)
	var all []metric
	for i := 0; i+1 < len(words); i += 2 {
		v, err := strconv.ParseFloat(words[i], 64)
		if err != nil {
			return nil, err
		}
		all = append(all, metric{v, words[i+1]})
	}
	return all, nil
}

// rowsOf makes a row of each metric, with the quantiles of the same unit, and
// one of quantiles that have no such metric: its value is the median.
func rowsOf(name string, n int64, metrics []metric) []row {
	samples := n
	if i := slices.IndexFunc(metrics, func(m metric) bool { return m.unit == "n" }); i >= 0 {
		samples = int64(metrics[i].value)
		metrics = slices.Delete(metrics, i, i+1)
	}
	quantiles := map[string]*row{} // by unit
	for _, m := range metrics {
		q, unit, _ := strings.Cut(m.unit, "-")
		if q != "p50" && q != "p99" {
			continue
		}
		if quantiles[unit] == nil {
			quantiles[unit] = &row{Name: name, Unit: unit, N: samples}
		}
		if q == "p50" {
			quantiles[unit].Value, quantiles[unit].P50 = m.value, &m.value
		} else {
			quantiles[unit].P99 = &m.value
		}
	}
	var rows []row
	for _, m := range metrics {
		if strings.HasPrefix(m.unit, "p50-") || strings.HasPrefix(m.unit, "p99-") {
			continue
		}
		one := row{Name: name, Value: m.value, Unit: m.unit, N: n}
		if q := quantiles[strings.TrimSuffix(m.unit, "/op")]; q != nil {
			one.P50, one.P99, one.N = q.P50, q.P99, samples
			delete(quantiles, q.Unit)
		}
		rows = append(rows, one)
	}
	for _, unit := range slices.Sorted(maps.Keys(quantiles)) {
		rows = append(rows, *quantiles[unit])
	}
	return rows
}

// readRows reads rows, one to a line.
func readRows(r io.Reader) ([]row, error) {
	var rows []row
	for d := json.NewDecoder(r); ; {
		var one row
		err := d.Decode(&one)
		if err == io.EOF {
			return rows, nil
		}
		if err != nil {
			return nil, fmt.Errorf("row %d: %w", len(rows)+1, err)
		}
		rows = append(rows, one)
	}
}

// machine names what the figures were measured on.
func machine() string {
	name := fmt.Sprintf("%s/%s, %d CPUs", runtime.GOOS, runtime.GOARCH, runtime.NumCPU())
	info, err := os.ReadFile("/proc/cpuinfo")
	if err != nil {
		return name // there is none but on Linux
	}
	_, rest, _ := strings.Cut(string(info), "model name")
	model, _, _ := strings.Cut(rest, "\n")
	return strings.Trim(model, "\t :") + ", " + name
}

// table prints the rows for people.
func table(w io.Writer, rows []row) error {
	t := tabwriter.NewWriter(w, 0, 4, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(t, "value\tunit\tp50\tp99\tn\t  name\t")
	for _, r := range rows {
		fmt.Fprintf(t, "%s\t%s\t%s\t%s\t%d\t  %s\t\n", figure(&r.Value), r.Unit, figure(r.P50), figure(r.P99), r.N, r.Name)
	}
	return t.Flush()
}

func figure(v *float64) string {
	if v == nil {
		return "-"
	}
	return strconv.FormatFloat(*v, 'g', 5, 64)
}
