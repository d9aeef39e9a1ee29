package extract

import "strings"

// wholeNumbers widens a span so that it cuts no number in two: of 一百五十万 a
// model may quote 十万, of 180 the last two digits, of 千分之三 the 三, and each
// says another number than the contact.
func wholeNumbers(r []rune, s span) span {
	for s.start > 0 && s.start < s.end && numeralRune(r[s.start]) && numeralRune(r[s.start-1]) {
		s.start--
	}
	if s.start >= 3 && numeralRune(r[s.start]) && string(r[s.start-2:s.start]) == "分之" && strings.ContainsRune("百千万", r[s.start-3]) {
		s.start -= 3
	}
	if s.start >= 1 && numeralRune(r[s.start]) && strings.ContainsRune("-－负±", r[s.start-1]) && (s.start == 1 || !numeralRune(r[s.start-2])) {
		s.start--
	}
	end := s.end
	for s.end < len(r) && s.end > s.start && numeralRune(r[s.end-1]) && numeralRune(r[s.end]) {
		s.end++
	}
	if s.end > end && strings.ContainsRune(".．", r[s.end-1]) {
		s.end-- // the full stop of a sentence
	}
	return s
}

func numeralRune(r rune) bool {
	return strings.ContainsRune("0123456789０１２３４５６７８９.．零〇一二两三四五六七八九十百千万亿", r)
}
