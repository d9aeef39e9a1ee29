package interview

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// ofTalk finds clauses about the conversation itself: 你记到哪去了, 我前面说过了.
var ofTalk = regexp.MustCompile(`^(等一下|等等|等会儿?|慢着|不对|哎|诶)$|你.{0,14}记(错|到哪|哪|成)|(前面|刚才|刚刚|上面|之前)(都|不是|已经)?(说|讲|回答|答)过?了?(吗|吧|呀|啊|嘛)?$|[那这上]题.{0,6}(呢|哪|错|吗)|(刚才|前面)问(的|过).{0,8}(什么|哪|吗)|怎么又问|问过了|^(不是|都|已经)*(说|讲|答)(过|了)了?(吗|嘛|呀|啊|呢)?$`)

// tired finds contacts who have had enough of questions.
var tired = regexp.MustCompile(`烦不烦|烦死|真烦|太烦|啰嗦|罗嗦|磨叽|有完没完|没完没了|(?:问|要)(?:这|那)么多|这么多问题|问个没完|查户口|too many questions`)

var (
	// tiredOnly finds clauses that hold a sigh and nothing else: 真是烦死了.
	tiredOnly = regexp.MustCompile(`^(?:唉|哎|真的?|实在|太|都|快|把|人|我|我们|是|要|让|给|搞得|弄得)*(?:烦死|真烦|太烦|烦|头疼|头痛|受不了|受够)(?:人|我|我们|死|了|啦|啊|呀)*$`)
	// ofAsking finds what is said of our questions; 问题 alone is a trouble of the plant.
	ofAsking = regexp.MustCompile(`问(?:[^题]|$)|多问题|问题(?:真|也|太|好)?多|[你您].{0,6}(?:烦|啰嗦|罗嗦|磨叽)|^(?:真|太|你|您|别|这么|实在)*(?:啰嗦|罗嗦|磨叽)|有完没完|没完没了|烦不烦|查户口|too many questions`)
)

// fedUp reports whether a message is a complaint of our questions and nothing
// else: who is tired of what his plant turns out is telling us of it.
func fedUp(s string) bool {
	if !tired.MatchString(s) || hasNumber(s) || utf8.RuneCountInString(bare(s)) > shortWords {
		return false
	}
	text := []rune(s)
	for _, c := range clauses(text) {
		words := line(string(text[c.start:c.end]))
		if !tiredOnly.MatchString(words) && !ofAsking.MatchString(words) && !ofTalk.MatchString(words) && !greets(words) && !filler(words) {
			return false
		}
	}
	return true
}

// sighOff takes a sigh off either end of a sentence that holds more.
func sighOff(text []rune, s span) span {
	list := clauses(text[s.start:s.end])
	sigh := func(c span) bool { return tiredOnly.MatchString(line(string(text[s.start+c.start : s.start+c.end]))) }
	for len(list) > 1 && sigh(list[len(list)-1]) {
		list = list[:len(list)-1]
	}
	for len(list) > 1 && sigh(list[0]) {
		list = list[1:]
	}
	if len(list) == 0 {
		return s
	}
	return span{s.start + list[0].start, s.start + list[len(list)-1].end}
}

// aboutTheTalk reports whether a message speaks of the conversation only: it is
// an answer to nothing.
func aboutTheTalk(s string) bool {
	text := []rune(s)
	list := clauses(text)
	for _, c := range list {
		if words := line(string(text[c.start:c.end])); hasNumber(words) || !ofTalk.MatchString(words) {
			return false
		}
	}
	return len(list) > 0
}

// telling reports whether a clause has a number with its noun, or a word of the
// trade, and is long enough to be quoted.
func telling(words string) bool {
	const least = 4
	words = strings.TrimPrefix(strings.TrimPrefix(strings.TrimRight(line(words), "吧嘛呢啊呀哦"), "就"), "是")
	return utf8.RuneCountInString(words) >= least && (hasNumber(words) || technicalWords(words))
}

var (
	// worst finds what a contact calls his trouble, which is what to quote of him.
	worst = regexp.MustCompile(`(?:最?(?:愁|怕|烦|头疼|头痛|闹心|担心)的(?:就|还)?是|(?:问题|毛病|难点)(?:就|还)?是)(\p{Han}.{1,})$`)
	// prelude is what stands before the fact in a clause.
	prelude = regexp.MustCompile(`^(?:你好呀?|您好|那个|这个|就是说?|主要(?:还)?是|其实|现在|目前|最近|我们(?:厂里?|公司|家|这边|这儿|这里)?|咱们|咱|我家|我)+的?`)
	// family are the people of whom nothing is quoted.
	family = regexp.MustCompile(`爷爷|奶奶|外公|老婆|老公|我爸|我妈|父亲|母亲|祖上|祖传|[一-龥]辈|儿子|女儿|隔壁`)
)

// fact is the part of a clause that carries what it says, "" where it speaks of
// the contact's family only.
func fact(words string) string {
	words = line(words)
	if m := worst.FindStringSubmatch(words); m != nil {
		return m[1]
	}
	if family.MatchString(words) {
		return ""
	}
	const least = 4
	if rest := prelude.ReplaceAllString(words, ""); utf8.RuneCountInString(rest) >= least && !maker.MatchString(words) && !wishing.MatchString(rest) {
		return rest
	}
	return words
}

// wishing finds words that would lose their subject without a lead-in: 想做….
var wishing = regexp.MustCompile(`^(?:想|要|希望|打算|做|是|有|用|也|还|都|没)`)
