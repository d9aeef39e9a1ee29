package extract

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// longestBreath is how many runes a text without any mark has that is one clause.
const longestBreath = 24

// turnsOver finds words with which people who speak go on to the next thing; the
// last rune in front of them stays with what was said.
var turnsOver = regexp.MustCompile(`(\p{Han})(然后呢?|另外(?:那个|就是|还有)?|还有(?:就是|那个)|再一个就?是?|再就是|反正就是)`)

// breathe puts marks where a text without any takes breath: in the place of
// blanks between characters, and of words that carry the talk on. What is heard
// in a voice note looks so. Offsets stay, and what is quoted is the original.
func (t *text) breathe() {
	if slices.ContainsFunc(t.runes, func(r rune) bool { return strings.ContainsRune("，。；！？,;!?、：:\n", r) }) {
		return
	}
	marked := slices.Clone(t.runes)
	for i, r := range t.runes {
		if (r == ' ' || r == '\u3000') && unicode.Is(unicode.Han, t.at(i-1)) && unicode.Is(unicode.Han, t.at(i+1)) {
			marked[i] = '，'
		}
	}
	if s := string(t.runes); len(t.runes) > longestBreath {
		for _, at := range turnsOver.FindAllStringSubmatchIndex(s, -1) {
			from, to := len([]rune(s[:at[4]])), len([]rune(s[:at[5]]))
			for i := from; i < to; i++ {
				marked[i] = '，'
			}
		}
	}
	if slices.Equal(marked, t.runes) {
		return
	}
	if t.before == nil {
		t.before = t.runes
	}
	t.runes = marked
}
