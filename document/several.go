package document

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"tanxu/need"
)

var (
	// itemSign is what the items of a list in a cell begin with.
	itemSign = regexp.MustCompile(`^(?:[①-⑳]|[（(]\d{1,2}[)）]|\d{1,2}[、．）)])\s*`)
	secondOf = regexp.MustCompile(`②|[（(]2[)）]|(?:^|[；;。\s])2[、．）)]`)
	firstOf  = regexp.MustCompile(`^(?:①|[（(]1[)）]|1[、．）)])`)
	// bareFigure is a value without a word of what it is a value of.
	bareFigure = regexp.MustCompile(`^[<>≤≥~～约±]?\s*\d[\d.,]*\s*[%％\p{L}/·²³°℃]{0,8}$`)
)

// itemised reports whether a cell lists several things by numbers.
func itemised(text string) bool {
	text = strings.TrimSpace(text)
	return firstOf.MatchString(text) && secondOf.MatchString(text)
}

// clearly takes cells for what they are where their column says otherwise: a
// list or a whole description in the column of titles is a text to be read, and
// a figure alone states no problem where another cell does.
func clearly(items []item) []item {
	states := func(it item) bool {
		return (it.target == FreeText || it.target.Field() == need.KeyProblem) && it.text() != "" && !bareFigure.MatchString(strings.TrimSpace(it.text()))
	}
	said := slices.ContainsFunc(items, states)
	for i := range items {
		switch it := &items[i]; {
		case it.target == Title && !said && (itemised(it.text()) || utf8.RuneCountInString(it.text()) > longestTitle):
			it.target = FreeText
		case it.target.Field() == need.KeyProblem && said && bareFigure.MatchString(strings.TrimSpace(it.text())):
			it.target = ""
		}
	}
	return items
}

// several says so where a cell that describes the need lists more than one with
// figures of its own: whoever sees it can part them.
func (d *Draft) several(items []item) {
	for i := range items {
		it := &items[i]
		if it.target == FreeText && strings.TrimSpace(it.header) != "" && itemised(it.text()) && len(d.Need.Indicators) > 1 {
			d.Issues = append(d.Issues, Issue{IssueSeveral, it.place, it.text()})
		}
	}
}
