package extract

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"tanxu/need"
)

// maxTradeTerm is how long a name of a row may be that the contact has not said.
const maxTradeTerm = 12

// tradeTerm returns a term for a quantity that a model gives where the contact
// has none, or speech was heard wrongly: 一根平均打八百米 is its 使用寿命. It holds
// no figure, so that nothing but the name of the row comes from the model.
func tradeTerm(words string) (string, bool) {
	words = strings.TrimSpace(words)
	n := utf8.RuneCountInString(words)
	plain := strings.IndexFunc(words, func(r rune) bool { return !unicode.Is(unicode.Han, r) }) < 0
	return words, plain && n >= minStatement && n <= maxTradeTerm && quantityLike(words) && len(need.Measures(words)) == 0
}

// renamed reports whether a row of the model gives one on record another name.
func renamed(row need.Indicator, old *need.Indicator) bool {
	return old != nil && row.Name != old.Name
}

// amendedPart is a condition or method of a row on record after the contact has said
// more of it: it comes to what stands there, and what it corrects goes. Of
// several parts a correction is of the one that has a number of its kind (不是
// 60℃ 是 80℃), else of all.
func amendedPart(old, words string, corrects bool) string {
	switch {
	case words == "" || old == "" || strings.Contains(words, old):
		return words
	case !corrects && strings.Contains(old, words):
		return ""
	case !corrects:
		return old + "；" + words
	}
	if all := need.Measures(old); len(all) == 1 && numeral(words) {
		return strings.Replace(old, all[0].Quantity.Text, words, 1) // 不是 60, 是 80
	}
	parts := strings.FieldsFunc(old, func(r rune) bool { return strings.ContainsRune("；，、,;", r) })
	kind := func(part string) bool { return sameKind(part, words) }
	if i := slices.IndexFunc(parts, kind); i >= 0 && !slices.ContainsFunc(parts[i+1:], kind) {
		return strings.Replace(old, parts[i], words, 1)
	}
	return words
}

// sameKind reports whether two texts hold a number in one unit.
func sameKind(a, b string) bool {
	return slices.ContainsFunc(need.Measures(a), func(x need.Measure) bool {
		return x.Unit != "" && slices.ContainsFunc(need.Measures(b), func(y need.Measure) bool { return need.SameUnit(x.Unit, y.Unit) })
	})
}
