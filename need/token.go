package need

import "slices"

// Tokens are what texts are searched by: each character of a text and each pair
// of neighbours, once and sorted. Whatever part of the text somebody looks for,
// its tokens are among them.
func Tokens(text string) []int64 {
	r := []rune(text)
	list := make([]int64, 0, 2*len(r))
	for i, c := range r {
		list = append(list, int64(c))
		if i+1 < len(r) {
			list = append(list, int64(c)<<24|int64(r[i+1])|pairToken)
		}
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// pairToken tells the token of a pair from that of a character.
const pairToken = 1 << 48

// IsPair reports whether a token is of two characters, which are rarer than one.
func IsPair(token int64) bool { return token&pairToken != 0 }
