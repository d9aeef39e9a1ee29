package need

import "strings"

// readUnit returns where the unit that starts at i ends, i if there is none.
// A multiplier belongs to the unit, as people write it (亿CFU/mL, 万次).
func readUnit(r []rune, i int) int {
	start := i
	if at(r, i) == ' ' && i+1 < len(r) && r[i+1] != ' ' {
		i++
	}
	if at(r, i) == '个' && readAtom(r, i+1, false) > i+1 && readAtom(r, i, false) == i+1 {
		return readUnit(r, i+1) // 零点一五个毫米
	}
	j := skipPowers(r, i)
	multiplied := j > i
	end := readAtom(r, j, false)
	if end == j {
		if multiplied {
			return j
		}
		return start
	}
	for {
		next := readFactor(r, end)
		if next == end {
			return end
		}
		end = next
	}
}

// skipPowers steps over a multiplier (万, 百万) that is no part of a unit's
// name (千克, 千瓦).
func skipPowers(r []rune, i int) int {
	if readAtom(r, i, false) > i {
		return i
	}
	for hanPower(at(r, i)) >= 1000 || at(r, i) == '百' && hanPower(at(r, i+1)) >= 1e4 {
		i++
	}
	return i
}

// readFactor reads what may follow an atom: /d, 每天, ·K, /(m·K), a mark in
// parentheses (dB(A)), or "一块" for "per piece".
func readFactor(r []rune, i int) int {
	switch c := at(r, i); {
	case c == '/' || c == '每':
		j := i + 1
		if at(r, j) == '(' {
			return readGroup(r, i, j+1)
		}
		for isDigit(at(r, j)) || readAtom(r, j, true) == j && hanPower(at(r, j)) >= 10 {
			j++ // 克每百克, g/100g
		}
		if end := readAtom(r, j, true); end > j && !(c == '/' && j > i+1 && string(r[j:end]) == string(r[max(0, i-end+j):i])) {
			return end // but 230V/110V are two values
		}
	case c == '·' || c == '*' || c == '.':
		if end := readAtom(r, i+1, false); end > i+1 && isLatin(at(r, i+1)) {
			return end
		}
	case c == '乘':
		if end := readAtom(r, i+1, false); end > i+1 {
			return end // 牛乘米
		}
	case spokenProduct(r, i):
		return readAtom(r, i, false)
	case c == '(' && at(r, i+2) == ')' && isLatin(at(r, i+1)):
		return i + 3
	case c == '一' && timeEnd(r, i+1) > 0 && isBreak(at(r, timeEnd(r, i+1))):
		return timeEnd(r, i+1) // 四桶一小时
	case c == '一' && isPiece(at(r, i+1)) && isBreak(at(r, i+2)), c == '一' && at(r, i+1) == '吨':
		return i + 2
	case c == '一' && at(r, i+1) == '个' && isPiece(at(r, i+2)):
		return i + 3
	}
	return i
}

// spokenProduct reports whether the unit at i is said right behind the one that
// it multiplies: 欧姆厘米, 牛米, 毫帕秒.
func spokenProduct(r []rune, i int) bool {
	end := readAtom(r, i, false)
	if end == i {
		return false
	}
	a, _ := atomOf(string(r[i:end]))
	switch at(r, i-1) {
	case '欧', '姆', '牛', '顿':
		return a.base == "m" && r[end-1] == '米'
	case '帕':
		return a.base == "s" && r[end-1] == '秒'
	}
	return false
}

// timeEnd is where the unit of time that starts at i ends, 0 if there is none.
func timeEnd(r []rune, i int) int {
	end := readAtom(r, i, true)
	if a, known := atomOf(string(r[i:end])); !known || a.base != "s" {
		return 0
	}
	return end
}

// readGroup reads the factors in parentheses after a slash.
func readGroup(r []rune, i, j int) int {
	for {
		for isDigit(at(r, j)) {
			j++ // cc/(m²·24h)
		}
		end := readAtom(r, j, true)
		if end == j {
			return i
		}
		j = end
		switch at(r, j) {
		case '·', '*', '.':
			j++
		case ')':
			return j + 1
		default:
			return i
		}
	}
}

// readAtom returns where the longest atom at i ends, with its exponent. An atom
// of letters must not run into more letters (10mm, but not 10mmx). Below a
// slash, pieces count as units too (件/刃).
func readAtom(r []rune, i int, below bool) int {
	for length := min(7, len(r)-i); length > 0; length-- {
		end := i + length
		word := string(r[i:end])
		if _, known := atomOf(word); !known {
			continue
		}
		if isLatin(r[end-1]) && isLatin(at(r, end)) {
			continue
		}
		if notUnit(word, at(r, end), at(r, end+1)) {
			continue
		}
		return readRaised(r, end)
	}
	if below && isPiece(at(r, i)) {
		return i + 1
	}
	return i
}

// notUnit knows the words that only look like a unit before the next runes.
func notUnit(word string, next, after rune) bool {
	switch word {
	case "G", "D", "C", "K", "T", "A", "F", "H", "B", "d", "a":
		return next >= 0x4e00 && (word == "G" || word == "D" || word == "C") // 5G网络, 3D打印, 1C放电
	case "级":
		return next == '别' || next == '联'
	case "度":
		return next == '假'
	case "月", "日":
		return true // a date: months are 个月
	case "位":
		return next == '置' || next == '于' || next == '移'
	case "分":
		return next == '别' || next == '为' || next == '析' || next == '子' || next == '类'
	case "个":
		return next == '性' || next == '人' || next == '别'
	case "家":
		return next == '具'
	case "方", "平":
		return next == '面' || next == '法' || next == '式' || next == '案' || next == '台' || next == '向'
	case "层":
		return next == '次'
	case "次":
		return next == '品' || next == '生' || next == '要'
	case "升":
		return next == '级' || next == '高' || next == '至' || next == '到'
	case "代":
		return next == '表' || next == '替'
	case "批":
		return next == '量' && after != '为'
	}
	return false
}

// readRaised extends an atom by ², ³, ^2 or a plain 2 or 3 (m2, cm3).
func readRaised(r []rune, i int) int {
	c := at(r, i)
	switch {
	case c == '²' || c == '³':
		return i + 1
	case c == '⁻' && isSuper(at(r, i+1)):
		return i + 2
	case c == '^' && at(r, i+1) == '-' && isDigit(at(r, i+2)):
		return i + 3
	case c == '^' && isDigit(at(r, i+1)):
		return i + 2
	case (c == '2' || c == '3') && at(r, i-1) == 'm' && !isDigit(at(r, i+1)) && at(r, i+1) != '.' && !isLatin(at(r, i+1)):
		return i + 1
	}
	return i
}

// isPiece reports whether r counts things, as in mg/块 or 一块.
func isPiece(r rune) bool {
	return r != 0 && strings.ContainsRune("块只根件片支枚台套个张瓶条刃炉批袋箱人班锭粒卷桶", r)
}

// isBreak reports whether r ends a word: punctuation, space, or the end.
func isBreak(r rune) bool {
	return r == 0 || r == '\n' || strings.ContainsRune(" ,.;:!?，。；：！？、)）”\"/", r)
}
