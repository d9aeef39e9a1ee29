// Command train makes the model of topics from the texts beside it and prints
// how good it is on texts that were left out.
package main

import (
	"fmt"
	"log"
	"os"
	"path/filepath"
	"slices"

	"tanxu/extract/topics"
)

const folder = "extract/topics"

func main() {
	if err := run(); err != nil {
		log.Fatal(err)
	}
}

func run() error {
	groups, err := topics.ReadGroups(os.DirFS(folder))
	if err != nil {
		return fmt.Errorf("train the model of topics: %w", err)
	}
	model := topics.Fit(topics.Samples(groups)).Encode()
	if err := os.WriteFile(filepath.Join(folder, "model.bin"), model, 0o644); err != nil { //nolint:gosec // it is committed, as all may read
		return fmt.Errorf("write the model of topics: %w", err)
	}
	crossed(groups)
	return nil
}

// folds is how many parts of the files are left out in turn.
const folds = 5

// crossed prints how good models are that were trained without the file in
// question, that is without its writer.
func crossed(groups []topics.Group) {
	var sum tally
	for fold := range folds {
		var train []topics.Group
		for i, g := range groups {
			if i%folds != fold {
				train = append(train, g)
			}
		}
		m := topics.Fit(topics.Samples(train))
		for i := fold; i < len(groups); i += folds {
			var t tally
			t.add(m, groups[i].Samples)
			t.print(groups[i].Name)
			sum.add(m, groups[i].Samples)
		}
	}
	sum.print("all files")
}

// tally counts clauses, and those whose topic was found: alone, with those
// around it, and where the model is sure.
type tally struct {
	n, alone, path, sure, sureRight int
}

// surely is how likely a topic has to be to be called sure in the report.
const surely = 0.7

func (t *tally) add(m *topics.Model, test []topics.Sample) {
	for len(test) > 0 {
		n := 1
		for n < len(test) && test[n].Text == test[0].Text {
			n++
		}
		scores := make([]topics.Scores, n)
		for i := range n {
			scores[i] = m.Score(test[i].Clause)
			k, p := scores[i].Best()
			right := slices.Contains(test[i].Topics, k)
			t.n++
			if right {
				t.alone++
			}
			if p >= surely {
				t.sure++
				if right {
					t.sureRight++
				}
			}
		}
		for i, k := range m.Path(scores) {
			if slices.Contains(test[i].Topics, k) {
				t.path++
			}
		}
		test = test[n:]
	}
}

func (t tally) print(name string) {
	part := func(a, b int) float64 { return float64(a) / float64(max(1, b)) }
	fmt.Printf("%-26s %5d clauses  alone %.3f  in line %.3f  sure %.3f, of these right %.3f\n",
		name, t.n, part(t.alone, t.n), part(t.path, t.n), part(t.sure, t.n), part(t.sureRight, t.sure))
}
