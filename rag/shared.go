package rag

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"tanxu/need"
)

// phrase is what both sides have in common, at its place in the need's sentence.
type phrase struct {
	text   string
	weight float64
}

// common finds the longest phrases that stand in both sentences and say
// something: no single characters, no numbers, no parts of Latin words, and no
// words that most achievements have.
func common(stats need.LexemeStats, a, b side) []phrase {
	ra, rb := foldRunes(a.text), foldRunes(b.text)
	places := map[[2]rune][]int{}
	for j := 0; j+1 < len(rb); j++ {
		pair := [2]rune{rb[j], rb[j+1]}
		places[pair] = append(places[pair], j)
	}
	original := []rune(a.text)
	var out []phrase
	for i := 0; i+1 < len(ra); {
		length, there := 0, i
		for _, j := range places[[2]rune{ra[i], ra[i+1]}] {
			if n := run(ra, rb, i, j); n > length {
				length, there = n, j
			}
		}
		start, end := trim(ra, i, i+length)
		start, end = wholeWords(stats, ra, start, end)
		start, end = wholeWords(stats, rb, start+there-i, end+there-i) // words are cut on either side
		start, end = start-there+i, end-there+i
		start, end = looseEnds(stats, ra, rb, start, end, start-i+there)
		if w := weight(stats, ra[start:end]); w > 0 && isWord(stats, ra, rb, start, end) {
			out = append(out, phrase{string(original[start:end]), w})
		}
		i += max(length-1, 1)
	}
	return distinct(out)
}

// run is how long both texts agree from i and j on, without cutting a Latin
// word in either.
func run(a, b []rune, i, j int) int {
	if splits(a, i) || splits(b, j) {
		return 0
	}
	n := 0
	for i+n < len(a) && j+n < len(b) && a[i+n] == b[j+n] && isPhrase(a[i+n]) {
		n++
	}
	for n > 0 && (splits(a, i+n) || splits(b, j+n)) {
		n--
	}
	return n
}

// splits reports whether a cut before r[i] would divide a Latin word or number.
func splits(r []rune, i int) bool {
	return i > 0 && i < len(r) && isLatin(r[i-1]) && isLatin(r[i])
}

func isLatin(r rune) bool { return r < unicode.MaxASCII && isWordRune(r) }

func isPhrase(r rune) bool { return isWordRune(r) || r == '-' || r == '·' }

// trim drops the small words at both ends.
func trim(r []rune, start, end int) (int, int) {
	const small = "的了和在是与及等为对把被到从有不个其中之将可能使用并以且或而所由于-·"
	for start < end && strings.ContainsRune(small, r[start]) {
		start++
	}
	// These begin what follows: of 激光无法 the phrase 激光无 leaves 激光.
	for start < end && strings.ContainsRune(small+"无不未非可将已很更", r[end-1]) {
		end--
	}
	return start, end
}

// wholeWords drops what the cut has left of a word at either end: where the
// pair of characters across the cut is much more common in the library than
// the pair inside it, and than the pair further out, the character belongs to
// its neighbour outside (of 温度不足 the phrase 度不足 leaves 不足).
func wholeWords(stats need.LexemeStats, r []rune, start, end int) (int, int) {
	common := func(i int) int {
		if i < 0 || i+1 >= len(r) {
			return 0
		}
		return stats.Frequency[string(r[i:i+2])]
	}
	// 率, 度 and 性 end words: of 良率提升 the phrase 率提升 leaves 提升.
	for start < end && start > 0 && strings.ContainsRune("率度性", r[start]) && unicode.Is(unicode.Han, r[start-1]) {
		start++
	}
	for start < end && common(start-1) > 2*common(start) && common(start-1) >= common(start-2) {
		start++
	}
	for start < end && common(end-1) > 2*common(end-2) && common(end-1) >= common(end) {
		end--
	}
	return start, end
}

// looseEnds drops a character at either end of a longer phrase that in both
// texts begins or ends another word: its pair with the phrase is far rarer than
// the next one inside (of 燃料电池电控 and 燃料电池电能 the phrase 燃料电池电 leaves
// 燃料电池). there is where the phrase stands in b.
func looseEnds(stats need.LexemeStats, a, b []rune, start, end, there int) (int, int) {
	const far = 4
	goesOn := func(i, j int) bool {
		return i >= 0 && j >= 0 && i < len(a) && j < len(b) && unicode.Is(unicode.Han, a[i]) && unicode.Is(unicode.Han, b[j])
	}
	pair := func(i int) int { return stats.Frequency[string(a[i:i+2])] }
	shift := there - start
	if end-start > 2 && goesOn(end, end+shift) && far*pair(end-2) < pair(end-3) {
		end--
	}
	if end-start > 2 && goesOn(start-1, start-1+shift) && far*pair(start) < pair(start+1) {
		start++
	}
	return start, end
}

// isWord reports whether a phrase of two characters is a word rather than what
// two longer words share (辊道窑, 隧道窑): it stands alone in one of the texts, or
// the library has it far more often than the pairs across its ends.
func isWord(stats need.LexemeStats, a, b []rune, start, end int) bool {
	pair := a[start:end]
	if len(pair) != 2 || !unicode.Is(unicode.Han, pair[0]) || !unicode.Is(unicode.Han, pair[1]) || alone(a, start, end) {
		return true
	}
	if start > 0 && strings.ContainsRune("一二三四五六七八九十多", a[start-1]) {
		return false // 氧化 is no word of 二氧化硫
	}
	often := stats.Frequency[string(pair)]
	whole := func(r []rune, start, end int) bool {
		seldom := func(i int) bool { return i < 0 || i+2 > len(r) || 2*stats.Frequency[string(r[i:i+2])] <= often }
		return often > 0 && seldom(start-1) && seldom(end-1)
	}
	ends := whole(a, start, end) // 微生态 and 微生物 share no word
	for j := 0; j+1 < len(b); j++ {
		if b[j] == pair[0] && b[j+1] == pair[1] && (alone(b, j, j+2) || ends && whole(b, j, j+2)) {
			return true
		}
	}
	return false
}

// alone reports whether no other word joins a phrase on either side.
func alone(r []rune, start, end int) bool {
	joins := func(i int) bool {
		return i >= 0 && i < len(r) && unicode.Is(unicode.Han, r[i]) && !strings.ContainsRune("的了和在是与及等为对把被到从有将", r[i])
	}
	return !joins(start-1) && !joins(end)
}

// weight adds up how rare the lexemes of a phrase are; 0 for one that says
// nothing. A library of a few achievements cannot tell what is common.
func weight(stats need.LexemeStats, phrase []rune) float64 {
	if len(phrase) < 2 || strings.Trim(string(phrase), "0123456789.%") == "" || idle(string(phrase)) {
		return 0
	}
	if rest := []rune(strings.TrimLeft(string(phrase), "0123456789.")); len(rest) < len(phrase) && len(rest) <= 2 && unicode.Is(unicode.Han, rest[0]) {
		return 0 // an amount: 2万吨
	}
	if len(phrase) == 2 && strings.ContainsAny(string(phrase), "一二三四五六七八九十百千万") {
		return 0
	}
	var sum float64
	for _, l := range Lexemes(string(phrase)) {
		if stats.Documents < 20 || stats.Frequency[l]*10 < stats.Documents {
			sum += rarity(stats, l)
		}
	}
	return sum
}

// idle reports whether a phrase is one that every text has.
func idle(phrase string) bool {
	switch phrase {
	case "技术", "研究", "应用", "提高", "提升", "降低", "减少", "问题", "我们", "目前", "现在", "要求", "需要", "解决", "采用", "方法", "系统",
		"产品", "生产", "企业", "公司", "客户", "情况", "进行", "实现", "以上", "以下", "左右", "达到", "工艺", "设备", "材料", "性能", "质量", "成本",
		"开发", "关键", "关键技术", "稳定", "效果", "影响", "部分", "一种", "主要", "时间", "单位", "现有", "国内", "左右的", "比较", "同时", "通过", "处理", "不足", "不能", "投诉", "人工", "加工", "强度", "导致", "使用", "容易", "出现", "增加", "改善", "优化",
		"非常", "如何", "困难", "整体", "人员", "生产成本", "提供", "现状", "合理", "最大", "最小", "最高", "最低", "保证", "确保", "效率", "角度", "改造", "提出", "建立", "结果", "分析", "设计", "快速", "有效", "管理", "数据", "平台", "结构", "先进", "反应", "作用", "条件", "过程", "水平", "功能":
		return true
	}
	return false
}

// distinct keeps each phrase once, the weightiest first, and none that lies in
// another.
func distinct(list []phrase) []phrase {
	slices.SortStableFunc(list, func(a, b phrase) int { return cmp.Compare(b.weight, a.weight) })
	var out []phrase
	for _, p := range list {
		inside := slices.ContainsFunc(out, func(o phrase) bool { return strings.Contains(o.text, p.text) })
		if !inside {
			out = append(out, p)
		}
	}
	return out
}

// foldRunes makes case and width the same, one rune for one, so that offsets
// stay what they are.
func foldRunes(s string) []rune {
	r := []rune(s)
	for i, c := range r {
		switch {
		case c >= 0xFF01 && c <= 0xFF5E:
			c -= 0xFEE0
		case c == '　':
			c = ' '
		}
		r[i] = unicode.ToLower(c)
	}
	return r
}
