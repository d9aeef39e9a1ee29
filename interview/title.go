package interview

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"tanxu/need"
)

// maxTitle is the longest title, in characters.
const maxTitle = 30

var (
	maker    = regexp.MustCompile(`(?:我们|公司|厂里|这边)[^，。；\n]{0,4}?(?:是|主要)?(?:专门)?(?:做|生产|加工|搞)(?:的是)?([^，。；：、\n]{2,24}?)(?:的)?(?:[，。；：\n]|$)`)
	output   = regexp.MustCompile(`(?:一年|年产|每年|月产|一个月)[^，。；\n]{0,12}(?:吨|只|台|件|片|根|平|枚|套|瓶|块|方|支|条)`)
	product  = regexp.MustCompile(`(?:产品(?:是|为|就是)?|做的是|^)([^，。；：\n]{3,24})`)
	leadIn   = regexp.MustCompile(`^(?:就是|主要|主要是|那个啥|那个|这个|产品是|产品|是|我念一下哈|嗯|哦|用的是|我们的|我们|你好|您好|[，、 ])+`)
	trailing = regexp.MustCompile(`(?:的|啊|呢|吧|了|哈)+$`)
)

// retitle gives the need a title in the contact's own words: the object, then
// the properties that are to be reached. A title that the contact set stays.
func (t *turn) retitle(n *need.Need) {
	title := compose(objectOf(n), propertiesOf(n))
	if title == "" || title == n.Title || t.s.talk(n.ID).titled {
		return
	}
	t.emit(need.Event{Kind: need.TitleSet, Need: n.ID, Note: title})
}

// compose joins object and properties within maxTitle characters.
func compose(object string, properties []string) string {
	title := object
	joined := false
	for _, p := range properties {
		if strings.Contains(title, p) {
			continue
		}
		sep := ""
		if joined {
			sep = "与"
		}
		if utf8.RuneCountInString(title+sep+p) > maxTitle {
			break
		}
		title, joined = title+sep+p, true
	}
	return cut(title, maxTitle)
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
	for _, item := range n.Field(need.KeyScene).Items {
		if m := product.FindStringSubmatch(item.Value.Text); m != nil {
			if o := tidy(m[1], longest); utf8.RuneCountInString(o) >= 2 {
				return o
			}
		}
	}
	return ""
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
	s = trailing.ReplaceAllString(s, "")
	if utf8.RuneCountInString(s) > limit {
		s = string([]rune(s)[:limit])
	}
	return s
}
