package need

import "math"

// hanDigit returns the value of a Chinese digit, -1 if r is none.
func hanDigit(r rune) int {
	switch r {
	case '零', '〇':
		return 0
	case '一', '壹':
		return 1
	case '二', '两', '贰':
		return 2
	case '三', '叁':
		return 3
	case '四':
		return 4
	case '五':
		return 5
	case '六':
		return 6
	case '七':
		return 7
	case '八':
		return 8
	case '九':
		return 9
	default:
		return -1
	}
}

// hanPower returns the multiplier that r stands for, 0 if it is none.
func hanPower(r rune) float64 {
	switch r {
	case '十', '拾':
		return 10
	case '百', '佰':
		return 100
	case '千', '仟':
		return 1000
	case '万':
		return 1e4
	case '亿':
		return 1e8
	default:
		return 0
	}
}

// readHan reads a Chinese numeral that starts at i: 三十五, 两百, 一百五 (150),
// 一点五, 百分之八十, 三成五, 半, 十几, 二零二七. It does not judge whether the
// numeral is part of a word (一定, 统一): the caller looks at what follows.
func readHan(r []rune, i int) (numeral, bool) {
	switch {
	case hasAt(r, i, "百分之"):
		return readFraction(r, i, "百分之", "%", 1)
	case hasAt(r, i, "千分之"):
		return readFraction(r, i, "千分之", "‰", 1)
	case hasAt(r, i, "万分之"):
		return readFraction(r, i, "万分之", "%", 100)
	case hasAt(r, i, "十万分之"):
		return readFraction(r, i, "十万分之", "%", 1000)
	case hasAt(r, i, "百万分之"):
		return readFraction(r, i, "百万分之", "ppm", 1)
	case at(r, i) == '大' && at(r, i+1) == '几' && hanPower(at(r, i+2)) > 0:
		return readUpperHalf(r, i)
	case hanPower(at(r, i)) > 0 && (at(r, i-1) == '几' || at(r, i-1) == '数'):
		return numeral{}, false // 几十, 数百: nobody knows how many
	case at(r, i) == '半':
		return numeral{start: i, end: i + 1, value: 0.5, text: "0.5", han: true}, true
	}
	if n, ok := readPart(r, i); ok {
		return n, true
	}
	n, ok := readHanInteger(r, i)
	if !ok {
		return numeral{}, false
	}
	if at(r, n.end) == '点' && hanDigit(at(r, n.end+1)) >= 0 {
		scale := 0.1
		for n.end++; hanDigit(at(r, n.end)) >= 0; n.end++ {
			n.value += float64(hanDigit(r[n.end])) * scale
			scale /= 10
		}
		n.value = math.Round(n.value*1e9) / 1e9
		if power := hanPower(at(r, n.end)); power >= 100 {
			n.value, n.end = n.value*power, n.end+1
		}
	}
	if at(r, n.end) == '成' && n.value <= 10 && hanShare(at(r, n.end+1)) {
		n.value, n.end, n.unit = n.value*10, n.end+1, "%"
		if d := hanDigit(at(r, n.end)); d > 0 {
			n.value, n.end = n.value+float64(d), n.end+1
		}
	}
	if n.high == nil {
		n.text = plain(n.value)
	}
	return n, true
}

// hanShare reports whether 成 before r is a tenth (降三成), and no verb (三成为).
func hanShare(r rune) bool {
	switch r {
	case '为', '功', '果', '本', '品', '型', '熟', '立', '分', '员', '套', '都', '形':
		return false
	default:
		return true
	}
}

// readFraction reads what follows 百分之 and the like. Those that have no sign of
// their own are shares of the unit, by so much smaller.
func readFraction(r []rune, i int, words, unit string, smaller float64) (numeral, bool) {
	n, ok := readNumber(r, i+len([]rune(words)))
	if !ok {
		return numeral{}, false
	}
	n.start, n.unit, n.han = i, unit, true
	if smaller > 1 {
		n.value = math.Round(n.value/smaller*1e12) / 1e12
		n.text = plain(n.value)
		if n.high != nil {
			high := math.Round(*n.high/smaller*1e12) / 1e12
			n.high, n.text = &high, n.text+"~"+plain(high)
		}
	}
	return n, true
}

// readPart reads parts of a whole that is cut in a few, as per cent: 三分之一 is 33.3 %.
func readPart(r []rune, i int) (numeral, bool) {
	of, part := hanDigit(at(r, i)), hanDigit(at(r, i+3))
	if of < 3 || part < 1 || part >= of || !hasAt(r, i+1, "分之") {
		return numeral{}, false
	}
	value := math.Round(1000*float64(part)/float64(of)) / 10
	return numeral{start: i, end: i + 4, value: value, text: plain(value), unit: "%", han: true}, true
}

// readUpperHalf reads 大几十 and 大几百, which are more than half of the next
// power: 50 to 100, 500 to 1000.
func readUpperHalf(r []rune, i int) (numeral, bool) {
	power, j := 1.0, i+2
	for ; hanPower(at(r, j)) > 0 && hanPower(at(r, j)) < 1e4; j++ {
		power *= hanPower(r[j])
	}
	if power == 1 {
		return numeral{}, false
	}
	high := 10 * power
	return numeral{start: i, end: j, value: 5 * power, high: &high, text: plain(5*power) + "~" + plain(high), han: true, approx: true}, true
}

// readHanInteger reads the whole part. Digits without powers are read one by
// one (二零二七), a last digit after a power counts the next lower one (一百五).
func readHanInteger(r []rune, i int) (numeral, bool) {
	n := numeral{start: i, han: true}
	var total, section, digit, last float64
	pending, powers, j := false, 0, i
	for ; ; j++ {
		c := at(r, j)
		if low, high := hanDigit(c), hanDigit(at(r, j+1)); !pending && low > 0 && high > low && hanDigit(at(r, j+2)) < 0 {
			return readHanPair(r, n, j, total+section)
		}
		if d := hanDigit(c); d >= 0 {
			if pending && powers == 0 {
				digit = digit*10 + float64(d)
			} else {
				digit = float64(d)
			}
			pending = true
			if c == '零' || c == '〇' {
				last = 0
			}
			continue
		}
		power := hanPower(c)
		if power == 0 || power >= 100 && !pending && section == 0 && total == 0 {
			break
		}
		if !pending && (power == 10 || power == 100 && section == 0) {
			digit = 1
		}
		if power >= 1e4 {
			total, section = (total+section+digit)*power, 0
		} else {
			section += digit * power
		}
		digit, pending, last, powers = 0, false, power, powers+1
	}
	if j == i {
		return n, false
	}
	if pending && powers > 0 && last >= 100 && digit > 0 {
		digit *= last / 10
	}
	n.value, n.end = total+section+digit, j
	if at(r, j) == '几' && last == 10 && !pending {
		high := n.value + 9
		n.value, n.high, n.end, n.approx = n.value+1, &high, j+1, true
		n.text = plain(n.value) + "~" + plain(high)
	}
	return n, true
}

// readHanPair reads neighbouring digits as a range: 两三百 is 200 to 300, 七八个
// is 7 to 8.
func readHanPair(r []rune, n numeral, j int, sum float64) (numeral, bool) {
	low, high, power := float64(hanDigit(r[j])), float64(hanDigit(r[j+1])), 1.0
	for j += 2; hanPower(at(r, j)) > 0 && hanPower(at(r, j)) < 1e4; j++ {
		power *= hanPower(r[j])
	}
	high = sum + high*power
	n.value, n.high, n.end = sum+low*power, &high, j
	n.text = plain(n.value) + "~" + plain(high)
	return n, true
}
