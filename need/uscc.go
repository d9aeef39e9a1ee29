package need

import "strings"

// usccAlphabet are the characters of a code in the order of their values (GB
// 32100-2015): no I, O, S, V and Z.
const usccAlphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"

// ParseUSCC returns the unified social credit code (统一社会信用代码) in its
// normal form: half width, capitals, no spaces. The error is Invalid, with code
// "uscc_length", "uscc_character" or "uscc_check".
func ParseUSCC(written string) (string, error) {
	code := strings.ToUpper(strings.Map(func(r rune) rune {
		if r = fold(r); r == ' ' || r == '-' {
			return -1
		}
		return r
	}, strings.TrimSpace(written)))
	if len([]rune(code)) != 18 {
		return "", Errorf(Invalid, "uscc_length", "credit code %q has not 18 characters", written)
	}
	sum, weight := 0, 1
	for i, c := range code {
		value := strings.IndexRune(usccAlphabet, c)
		if value < 0 || c > 'Z' {
			return "", Errorf(Invalid, "uscc_character", "credit code %q: character %d is not allowed", written, i+1)
		}
		if i < 17 {
			sum += value * weight
			weight = weight * 3 % 31
		}
	}
	if usccAlphabet[(31-sum%31)%31] != code[17] {
		return "", Errorf(Invalid, "uscc_check", "credit code %q: the check character is wrong", written)
	}
	return code, nil
}
