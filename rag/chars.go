package rag

import (
	"math"
	"unicode"

	"tanxu/need"
)

// Titles are short and leave words out, so that pairs of characters often miss
// what they share: 除尘 and 除雾除尘器 have one pair, 烟气脱硫 and 脱硫后的烟气 two of
// three. Single characters of the titles, weighed by how rare they are in titles,
// rank them better than pairs do.

// charRarity is the power of a character's rarity: characters are common, and
// only the rare ones tell subjects apart.
const charRarity = 1.5

// chars are the characters of a title, and its words that are not Chinese, each
// once. Characters are marked, as lexeme_stats counts them apart from words.
func chars(title string) words {
	out := words{}
	for _, l := range Lexemes(title) {
		for _, r := range l {
			if !unicode.Is(unicode.Han, r) {
				out[l] = 1
				break
			}
			out["^"+string(r)] = 1
		}
	}
	return out
}

// charScore compares the subject of a query with a title, as BM25 does; mean is
// the length of a usual title.
func charScore(s need.LexemeStats, query, title words, mean float64) float64 {
	length := float64(len(title)) / max(mean, 1)
	var score float64
	for c := range query {
		if title[c] > 0 {
			score += math.Pow(rarity(s, c), charRarity) * (saturation + 1) / (1 + saturation*(1-lengthNorm+lengthNorm*length))
		}
	}
	return score
}

// meanLength is that of titles as chars has them.
func meanLength(titles []words) float64 {
	var sum float64
	for _, t := range titles {
		sum += float64(len(t)) / float64(len(titles))
	}
	return sum
}
