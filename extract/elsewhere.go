package extract

import (
	"regexp"
	"slices"
	"strings"
	"time"

	"tanxu/need"
)

// elsewhereMost is how many runes an answer may have that is taken for the
// answer to a question other than the one that was asked.
const elsewhereMost = 24

// elsewhereWords are openings that leave no doubt what a short answer is about,
// and the questions to which such words may well be the answer.
type elsewhereWords struct {
	key   need.Key
	match *regexp.Regexp
	fits  []need.Key
}

func elsewhereTable() []elsewhereWords {
	told := []need.Key{need.KeyTried, need.KeyProblem, need.KeyRootCause}
	return []elsewhereWords{
		{need.KeyTried, regexp.MustCompile(`^(我们)?(自己)?也?(试过|换过|用过|改过|加过|找过)`), append(told, need.KeyFoundation)},
		{need.KeyConstraints, regexp.MustCompile(`(不能|不可以|不许|不准)(换|动|改|变|停|加|超)[^，。]{0,6}$|[^，。]{2,}不(换|动|改)$`), []need.Key{need.KeyProblem, need.KeyRootCause, need.KeyConstraints}},
		{need.KeyDecisionOwner, regexp.MustCompile(`^(这个|最后)?(得|要|都)?(由|归|是)?我?们?(厂长|老板|总经理|董事长|总工|所长|院长|\p{Han}{0,3}总|自己|我)(来)?(定|拍板|说了算|决定)(的)?[。！!]?$`), []need.Key{need.KeyDecisionOwner}},
	}
}

// elsewhere returns the field that a short answer is wholly about, where that
// is none of those asked: people answer the question that they have in mind.
func (rd *reader) elsewhere() (need.Key, bool) {
	s := string(rd.t.runes)
	if n := len(rd.t.runes); n == 0 || n > elsewhereMost || len(rd.t.sentences()) > 1 || len(rd.c.Asked) == 0 {
		return "", false
	}
	for _, k := range rd.c.Asked {
		if k.Shape() > need.List {
			return "", false // their readers take nothing but what they know
		}
	}
	for _, w := range elsewhereTable() {
		if w.match.MatchString(s) && !slices.ContainsFunc(rd.c.Asked, func(k need.Key) bool { return k == w.key || slices.Contains(w.fits, k) }) {
			return w.key, true
		}
	}
	return rd.elsewhereCode(s)
}

// elsewhereCode finds a code, an amount or a date that makes up most of a text.
func (rd *reader) elsewhereCode(s string) (need.Key, bool) {
	words := len([]rune(plainText(s)))
	most := func(start, end int) bool {
		return 10*(end-start) >= 6*words || words <= 10 && words-(end-start) <= 4
	}
	counts := strings.ContainsAny(s, "0123456789") // 共有3台
	for _, k := range []need.Key{need.KeyCoopMode, need.KeyIPTerms, need.KeyConfidentiality} {
		if _, start, end, ok := need.ReadCode(k, s); ok && !counts && most(start, end) {
			return k, true
		}
	}
	now := rd.c.Now
	if now.IsZero() {
		now = time.Now()
	}
	for _, w := range need.Deadlines(s, now) {
		if w.Limit && most(w.Start, w.End) && datePoints(rd.t, w, true, now) > 0 {
			return need.KeyDeadline, true
		}
	}
	for _, a := range need.Amounts(s, false) {
		if a.Role == need.MoneyPlanned && most(a.Start, a.End) {
			return need.KeyBudget, true
		}
	}
	return "", false
}
