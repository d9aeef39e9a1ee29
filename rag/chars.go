package rag

import (
	"math"
	"strings"

	"tanxu/need"
)

// Titles are short and leave words out, so that pairs of characters often miss
// what they share: 除尘 and 除雾除尘器 have one pair, 烟气脱硫 and 脱硫后的烟气 two of
// three. Single characters of the titles, weighed by how rare they are in titles,
// rank them better than pairs do.

// charRarity is the power of a character's rarity: characters are common, and
// only the rare ones tell subjects apart.
const charRarity = 1.5

// mark stands before a character: lexeme_stats counts them apart from words.
const mark = "^"

// chars are the characters of a title, and its words that are not Chinese, each
// once.
func chars(title string) words {
	lexemes := Lexemes(title)
	out := make(words, len(lexemes)+1)
	var marked strings.Builder // all of one title share their memory
	marked.Grow(len(title) + len(lexemes)*2*len(mark+"中"))
	for _, l := range lexemes {
		for _, r := range l {
			if !isHan(r) {
				out[l] = 1
				break
			}
			from := marked.Len()
			marked.WriteString(mark)
			marked.WriteRune(r)
			out[marked.String()[from:]] = 1
		}
	}
	return out
}

// charGains are those of the subject of a query, whose score by the chars of a
// title is BM25 with rarer characters.
func charGains(s need.LexemeStats, subject words) gains {
	list := make(gains, 0, len(subject))
	for c := range subject {
		list = append(list, gain{c, math.Pow(rarity(s, c), charRarity) * (saturation + 1)})
	}
	return list
}

// meanLength is that of titles as chars has them.
func meanLength(titles []words) float64 {
	var sum float64
	for _, t := range titles {
		sum += float64(len(t)) / float64(len(titles))
	}
	return sum
}
