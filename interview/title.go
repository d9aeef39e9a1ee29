package interview

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"tanxu/need"
)

// maxTitle is the longest title, in characters.
const maxTitle = 30

var (
	maker    = regexp.MustCompile(`(?:我们|公司|厂里|这边)[^，。；\n]{0,4}?(?:是|主要)?(?:专门)?(?:做|生产|加工|搞|烧|织|染|印|铸|轧|炼|养|种|造|产|拉|压|组装)(?:的是)?([^，。；：、\n]{2,24}?)(?:的)?(?:[，。；：\n]|$)`)
	output   = regexp.MustCompile(`(?:一年|年产|每年|月产|一个月)[^，。；\n]{0,12}(?:吨|只|台|件|片|根|平|枚|套|瓶|块|方|支|条)`)
	product  = regexp.MustCompile(`(?:产品(?:是|为|就是)?|做的是|^)([^，。；：\n]{3,24})`)
	quantity = regexp.MustCompile(`^.{0,3}?(?:一年|年产|每年|月产|一个月)[0-9.一二三四五六七八九十百千万]+(?:吨|只|台|件|片|根|平|枚|套|瓶|块|支|条)的?`)
	leadIn   = regexp.MustCompile(`^(?:就是|主要|主要是|那个啥|那个|这个|产品是|产品|是|我念一下哈|嗯|哦|用的是|我们的|我们|你好|您好|[，、 ])+`)
	trailing = regexp.MustCompile(`(?:的|啊|呢|吧|了|哈)+$`)
)

// retitle gives the need a title in the contact's own words: the object, the
// properties that are to be reached, and in which direction. A title that the
// contact set stays.
func (t *turn) retitle(n *need.Need) {
	title := compose(objectOf(n), propertiesOf(n), direction(n))
	if title == "" || title == n.Title || t.s.talk(n.ID).titled {
		return
	}
	t.emit(need.Event{Kind: need.TitleSet, Need: n.ID, Note: title})
}

// compose joins object, properties and direction within maxTitle characters.
func compose(object string, properties []string, direction string) string {
	title := object
	joined := false
	room := maxTitle - utf8.RuneCountInString(direction)
	for _, p := range properties[:min(2, len(properties))] {
		if strings.Contains(title, p) {
			continue
		}
		sep := ""
		if joined {
			sep = "与"
		}
		if utf8.RuneCountInString(title+sep+p) > room {
			break
		}
		title, joined = title+sep+p, true
	}
	if title == "" {
		return ""
	}
	return cut(title, room) + direction
}

// direction says what is to become of the quantities, "" while none is known.
func direction(n *need.Need) string {
	up, down := false, false
	for _, row := range n.Indicators {
		if row.Target == nil {
			continue
		}
		rises := row.Op == need.AtLeast || row.Op == need.Above
		up, down = up || rises, down || !rises
	}
	switch {
	case up && down:
		return "改进"
	case up:
		return "提升"
	case down:
		return "控制"
	default:
		return ""
	}
}

// objectOf is the product or process that a need is about.
func objectOf(n *need.Need) string {
	const longest = 16
	for _, k := range []need.Key{need.KeyProblem, need.KeyScene} {
		for _, item := range n.Field(k).Items {
			if m := maker.FindStringSubmatch(item.Value.Text); m != nil {
				return tidy(m[1], longest)
			}
		}
	}
	object := ""
	for _, item := range n.Field(need.KeyScene).Items {
		m := product.FindStringSubmatch(item.Value.Text)
		if m == nil || utf8.RuneCountInString(tidy(m[1], longest)) < 2 {
			continue
		}
		if object == "" || strings.HasPrefix(n.Field(need.KeyScene).Items[0].Value.Text, "就是") {
			object = tidy(m[1], longest)
		}
	}
	return object
}

// bareNoun reports whether a clause is nothing but the name of a thing.
func bareNoun(words string) bool {
	n := utf8.RuneCountInString(words)
	return n >= 3 && n <= 12 && !hasNumber(words) && !greets(words) && !hesitation(words) && !strings.ContainsAny(words, "不我你您他它这那想要有是在了没老太很能就都么吗呢吧啊急快说看听帮做搞找替请给过摆：()（）【】钟天点年月") &&
		!containsAny(words, "公司", "企业", "车间", "登记", "需求", "部门", "老师") &&
		strings.ContainsFunc(words, func(r rune) bool { return unicode.Is(unicode.Han, r) })
}

// propertiesOf are the names of rows, or the first words of the problem.
func propertiesOf(n *need.Need) []string {
	var list []string
	for _, row := range n.Indicators {
		if row.Target != nil {
			list = append(list, tidy(row.Name, 14))
		}
	}
	if len(list) > 0 {
		return list
	}
	for _, item := range n.Field(need.KeyProblem).Items {
		return []string{tidy(excerpt(item.Value.Text, 20), 20)}
	}
	return nil
}

func tidy(s string, limit int) string {
	s = leadIn.ReplaceAllString(line(s), "")
	s = quantity.ReplaceAllString(s, "")
	if _, after, ok := strings.Cut(s, "是"); ok && utf8.RuneCountInString(after) >= 3 {
		s = after
	}
	s = trailing.ReplaceAllString(s, "")
	if utf8.RuneCountInString(s) > limit {
		s = string([]rune(s)[:limit])
	}
	return s
}
