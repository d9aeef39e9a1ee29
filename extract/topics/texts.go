package topics

import (
	"bufio"
	"bytes"
	"fmt"
	"hash/crc32"
	"io"
	"io/fs"
	"regexp"
	"slices"
	"strings"

	"tanxu/need"
)

// Sample is a clause of a training text with its topics.
type Sample struct {
	Clause
	Topics []need.Key
	Text   int // which text of all it stands in
}

// label is how a text names the topics of the clauses that follow:
// <problem>镀层起泡，<indicator+problem>废品率12%.
var label = regexp.MustCompile(`<([a-z_+]+)>`)

// Group is the clauses of one file of training texts.
type Group struct {
	Name    string
	Samples []Sample
}

// ReadGroups reads the training texts of a folder, the *.txt files in it.
func ReadGroups(folder fs.FS) ([]Group, error) {
	names, err := fs.Glob(folder, "*.txt")
	if err != nil {
		return nil, fmt.Errorf("list training texts: %w", err)
	}
	slices.Sort(names)
	out, texts := make([]Group, 0, len(names)), 0
	for _, name := range names {
		data, err := fs.ReadFile(folder, name)
		if err != nil {
			return nil, fmt.Errorf("read training texts: %w", err)
		}
		samples, err := ReadSamples(bytes.NewReader(data), texts)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		if len(samples) > 0 {
			texts = samples[len(samples)-1].Text + 1
		}
		out = append(out, Group{name, samples})
	}
	return out, nil
}

// Samples are the clauses of groups.
func Samples(groups []Group) []Sample {
	var out []Sample
	for _, g := range groups {
		out = append(out, g.Samples...)
	}
	return out
}

// ReadSamples reads training texts, one a line; the clauses up to a label, if
// there are any, belong to no topic. from is the number of the first text.
func ReadSamples(r io.Reader, from int) ([]Sample, error) {
	var out []Sample
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, 1<<20)
	for n := 1; lines.Scan(); n++ {
		samples, err := readText(lines.Text(), from)
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", n, err)
		}
		if len(samples) > 0 {
			out, from = append(out, samples...), from+1
		}
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("read training texts: %w", err)
	}
	return out, nil
}

func readText(line string, text int) ([]Sample, error) {
	var clauses []Clause
	var of [][]need.Key
	topics, opens := []need.Key{Other}, true
	add := func(words string) {
		for words != "" {
			end := strings.IndexAny(words, "，。；;！!？?")
			clause, mark := words, ""
			if end >= 0 {
				clause = words[:end]
				mark = string([]rune(words[end:])[:1])
			}
			words = words[len(clause)+len(mark):]
			if clause = strings.TrimSpace(clause); clause != "" {
				clauses, of = append(clauses, Clause{Words: clause, Opens: opens}), append(of, topics)
				opens = mark != "，" && mark != ""
			}
		}
	}
	for line != "" {
		at := label.FindStringSubmatchIndex(line)
		if at == nil {
			add(line)
			break
		}
		add(line[:at[0]])
		topics = nil
		for name := range strings.SplitSeq(line[at[2]:at[3]], "+") {
			k := need.Key(name)
			if k == need.KeyBudgetToPartner {
				k = need.KeyBudget
			}
			if !slices.Contains(Labels(), k) {
				return nil, need.Errorf(need.Invalid, "topic", "no topic has the name %q", name)
			}
			topics = append(topics, k)
		}
		line = line[at[1]:]
	}
	InLine(clauses)
	out := make([]Sample, len(clauses))
	for i, c := range clauses {
		out[i] = Sample{c, of[i], text}
	}
	return out, nil
}

// Sum is the sum of samples: a model says which it was trained on.
func Sum(samples []Sample) uint32 {
	sum := crc32.NewIEEE()
	for _, s := range samples {
		fmt.Fprintln(sum, s.Text, s.Words, s.Before, s.After, s.Opens, s.Place, s.Topics)
	}
	return sum.Sum32()
}
