package document

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// startsAnew finds lines that begin a paragraph: a list marker or a label.
var startsAnew = regexp.MustCompile(`^\s*(?:[（(]?[\d一二三四五六七八九十]{1,3}[）)、.．]|[●•◆■·\-*]|第[\d一二三四五六七八九十]+[章节条项]|[^\s，。；,;]{2,14}[：:])`)

// reflow joins the lines of a page that were broken only because they were
// full, so that sentences can be read.
func reflow(page string) string {
	lines := strings.Split(page, "\n")
	full := 0
	for i, line := range lines {
		lines[i] = strings.TrimRightFunc(line, unicode.IsSpace)
		full = max(full, width(lines[i]))
	}
	var out strings.Builder
	for i, line := range lines {
		out.WriteString(line)
		if i+1 == len(lines) {
			break
		}
		next := strings.TrimSpace(lines[i+1])
		last, _ := utf8.DecodeLastRuneInString(line)
		first, _ := utf8.DecodeRuneInString(next)
		switch {
		case line == "" || next == "" || strings.ContainsRune("。；;！!？?：:", last) || width(line) < full*8/10 || startsAnew.MatchString(next):
			out.WriteByte('\n')
		case last < unicode.MaxLatin1 && first < unicode.MaxLatin1 && last != '-':
			out.WriteByte(' ')
		}
	}
	return out.String()
}

// width is how much room a line takes: Chinese characters count twice.
func width(line string) int {
	n := 0
	for _, r := range line {
		if r < 0x2E80 {
			n++
		} else {
			n += 2
		}
	}
	return n
}
