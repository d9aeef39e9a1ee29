package rag

import (
	"errors"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"tanxu/need"
)

// sentence is what a model says of a match.
type sentence struct {
	Part   need.CardPart
	Text   string
	Claims []string
	Need   string
	Offer  string
}

// Why a sentence is dropped.
var (
	errCardForm   = errors.New("too short, too long, of another language or with markup")
	errCardClaims = errors.New("rests on no claim, or on one of another part")
	errCardQuote  = errors.New("a quote does not stand in its claims")
	errCardNumber = errors.New("a number does not stand in its claims")
	errCardPraise = errors.New("praises")
	errCardClaim  = errors.New("says more than its claims")
	errCardWords  = errors.New("speaks of what its claims do not")
)

// Lengths of a sentence in characters.
const (
	minSentence = 6
	maxSentence = 110
	// known is the share of a sentence's pairs of characters that have to stand
	// in its claims, leaving out words that any sentence has.
	knownShare = 0.7
)

// checked returns the sentence as a line of the card, or why it is dropped.
func (s sentence) checked(m *need.Match) (need.CardLine, error) {
	text := strings.TrimSpace(s.Text)
	line := need.CardLine{Part: s.Part, Text: text, Claims: s.Claims}
	if !plainSentence(text) {
		return line, errCardForm
	}
	claims, err := s.cited(m)
	if err != nil {
		return line, err
	}
	spans, all := spansOf(claims)
	switch {
	case !s.quotes(claims):
		return line, errCardQuote
	case !numbersStand(text, spans, all):
		return line, errCardNumber
	case praises(text):
		return line, errCardPraise
	case !s.claims(text, claims, spans):
		return line, errCardClaim
	case !known(text, all+m.Achievement.Title):
		return line, errCardWords
	}
	return line, nil
}

func plainSentence(text string) bool {
	han, other := 0, 0
	for _, r := range text {
		switch {
		case unicode.Is(unicode.Han, r):
			han++
		case unicode.IsLetter(r):
			other++
		case unicode.IsControl(r) || strings.ContainsRune("*#`<>{}[]|\\_", r):
			return false
		}
	}
	length := utf8.RuneCountInString(text)
	return length >= minSentence && length <= maxSentence && han >= minSentence/2 && han >= other && !strings.Contains(text, "://")
}

// cited are the claims that the sentence rests on: reasons where it says what
// is answered, gaps in the other parts.
func (s sentence) cited(m *need.Match) ([]need.Reason, error) {
	letter := "g"
	switch {
	case s.Part == need.CardAnswers:
		letter = "r"
	case !slices.Contains(need.CardParts(), s.Part):
		return nil, errCardClaims
	}
	var out []need.Reason
	for _, id := range s.Claims {
		r, ok := m.Claim(id)
		if !ok || !strings.HasPrefix(id, letter) {
			return nil, errCardClaims
		}
		out = append(out, r)
	}
	if len(out) == 0 {
		return nil, errCardClaims
	}
	return out, nil
}

// spansOf are the quotes of claims, and all that is said with them.
func spansOf(claims []need.Reason) (spans, all string) {
	var q, more strings.Builder
	for _, r := range claims {
		for _, text := range []string{r.Need.Quote, r.Achievement.Quote} {
			q.WriteString(text + "\n")
		}
		for _, text := range []string{r.Name, r.Wanted, r.Offered, Say(r, "zh"), Ask(r, "zh")} {
			more.WriteString(text + "\n")
		}
	}
	return q.String(), q.String() + more.String()
}

// quotes reports whether what the sentence quotes stands in its claims, each
// side in its own, and that it quotes something.
func (s sentence) quotes(claims []need.Reason) bool {
	one := func(quote string, side func(need.Reason) string) bool {
		return slices.ContainsFunc(claims, func(r need.Reason) bool { return quotes(side(r), quote) })
	}
	ofNeed := func(r need.Reason) string { return r.Need.Quote }
	ofOffer := func(r need.Reason) string { return r.Achievement.Quote }
	return (s.Need != "" || s.Offer != "") && (s.Need == "" || one(s.Need, ofNeed)) && (s.Offer == "" || one(s.Offer, ofOffer))
}

var (
	figurePattern = regexp.MustCompile(`\d+(?:\.\d+)?(?:\s*[\p{Latin}%°℃℉Ωµμ‰²³/·]+)?`)
	digitsPattern = regexp.MustCompile(`\d+(?:\.\d+)?`)
	hanNumber     = regexp.MustCompile(`[零〇二两三四五六七八九十百千万亿半]+|一(?:成|半|倍|[个项种台套件]?(?:亿|万|千|百|十))|翻番|翻倍|成倍`)
)

// numbersStand reports whether each number of a sentence stands in the cited
// spans, and with its unit in what is said of them.
func numbersStand(text, spans, all string) bool {
	text, spans, all = norm.NFKC.String(text), norm.NFKC.String(spans), norm.NFKC.String(all)
	stated := map[float64]bool{}
	for _, d := range digitsPattern.FindAllString(spans, -1) {
		n, err := strconv.ParseFloat(d, 64)
		stated[n] = err == nil
	}
	close := strings.NewReplacer(" ", "", "\t", "").Replace
	for _, figure := range figurePattern.FindAllString(text, -1) {
		n, err := strconv.ParseFloat(digitsPattern.FindString(figure), 64)
		if err != nil || !stated[n] || !strings.Contains(strings.ToLower(close(all)), strings.ToLower(close(figure))) {
			return false
		}
	}
	for _, number := range hanNumber.FindAllString(text, -1) {
		if !strings.Contains(all, number) {
			return false
		}
	}
	return true
}

var praise = regexp.MustCompile(`领先|先进|优秀|优异|卓越|完美|最佳|最好|一流|首选|推荐|非常|十分|极为|高度|理想|独家|突破|填补|权威|著名|保证|无疑|必然|一定能|强烈|杰出|显著|顶尖|值得`)

func praises(text string) bool { return praise.MatchString(text) }

var (
	reaches   = regexp.MustCompile(`解决|满足|达到|达标|符合|实现|适用|完全|均可|都能|能够|可直接|胜任|契合|吻合|匹配`)
	fallShort = regexp.MustCompile(`(?:未|没有?|不能|无法|难以|尚未|不)(?:能)?(?:够)?(?:达到|满足|达标|符合)|达不到|低于|高于|不足|不够|差距`)
	negated   = regexp.MustCompile(`(?:未|没有?|不能|无法|难以|尚未|能否|是否|如何|怎样|不)(?:能)?(?:够)?(?:达到|满足|达标|符合|实现|匹配|写明|解决)`)
	missing   = regexp.MustCompile(`未|没|不|缺|尚|待|差|偏|低于|高于|质押|不同`)
	asking    = regexp.MustCompile(`请|问|确认|核实|了解|[?？]|能否|是否|多少`)
)

// claims reports whether the sentence says no more than its claims do: that
// something is reached or missed only where a figure or the stage says so.
func (s sentence) claims(text string, claims []need.Reason, spans string) bool {
	every := func(kinds ...need.ReasonKind) bool {
		return !slices.ContainsFunc(claims, func(r need.Reason) bool { return !slices.Contains(kinds, r.Kind) })
	}
	switch s.Part {
	case need.CardAnswers:
		over := slices.ContainsFunc(reaches.FindAllString(text, -1), func(word string) bool { return !strings.Contains(spans, word) })
		return !missing.MatchString(without(text, spans)) && (!over || every(need.ReasonIndicatorMet, need.ReasonStage))
	case need.CardLacks:
		plain := negated.ReplaceAllString(text, "")
		if !missing.MatchString(text) || reaches.MatchString(strings.ReplaceAll(plain, "达到目标", "")) && !strings.Contains(spans, reaches.FindString(plain)) {
			return false
		}
		return !fallShort.MatchString(text) || every(need.GapIndicatorShort, need.GapStage)
	default:
		return asking.MatchString(text)
	}
}

// without drops from a text the longer words that a claim has too: 不锈钢 says
// nothing of what is missing.
func without(text, spans string) string {
	for _, word := range []string{"不锈钢", "无铅", "不饱和", "差示", "温差", "压差", "误差", "公差", "偏析", "偏心", "待机", "未来"} {
		if strings.Contains(spans, word) {
			text = strings.ReplaceAll(text, word, "")
		}
	}
	return text
}

// glue are the words that a sentence may have of its own.
var glue = regexp.MustCompile(`这项成果|该项?成果|成果方|成果|供方|对方|需求方?|企业|指标|写明|没有?写|未|没有|没|标明的?|说明|资料|给出|列出|目标值?|要求|达到|满足|建议|询问|先问|问清|确认|核实|了解|需要?|双方|都谈到|涉及|同样|同|针对|对应|方面|条件|测试|测得|数值|数据|以及|其中|并且?|但是?|目前|现在|尚|仍|还|是否|能否|能|可以?|如何|怎样|多少|什么|哪些|提供|请|向|与|和|及|在|的|为|等|也|都|对|就|把|被|有|上|下|中|里|这些?|该|其|一致|相同|不同|不|差距|判断|比较|换算|单位|实际|情况|关注|围绕|问题|话题|提到|谈到|用于|做到|属于|阶段|产业链|由|从|至|到|后|前|时|或|后续|具体|相关|稳定|检测报告|报告|水平|成熟度|处于|所在地|同在|未达到|谈的|是|要|了|地|得|所|会|应|更|又|则|而|若|如|且|来|去|给|让|使`)

// known reports whether the sentence speaks of what its claims speak of: the
// pairs of characters of its own words stand there.
func known(text, all string) bool {
	text, all = norm.NFKC.String(text), norm.NFKC.String(all)
	has := map[string]bool{}
	for _, l := range Lexemes(all) {
		has[l] = true
	}
	own, stands := 0, 0
	for _, l := range Lexemes(glue.ReplaceAllString(text, "。")) {
		if utf8.RuneCountInString(l) < 2 {
			continue
		}
		own++
		if has[l] || strings.Contains(strings.ToLower(all), l) {
			stands++
		} else if r, _ := utf8.DecodeRuneInString(l); r < utf8.RuneSelf {
			return false // a Latin word or a number that nobody wrote
		}
	}
	return float64(stands) >= knownShare*float64(own)
}
