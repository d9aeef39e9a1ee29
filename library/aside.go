package library

import (
	"regexp"
	"strings"
)

// phone is a number of the mainland by which somebody can be called.
var phone = regexp.MustCompile(`(?:\+?86[- ]?)?1[3-9]\d(?:[- ]?\d{4}){2}|0\d{2,3}[- ]?\d{7,8}`)

// withoutPhones takes the numbers out of a list of people, whom more may see
// than whom they can call. One is kept as the contact's where there is none.
func (c *cells) withoutPhones(text string) string {
	found := phone.FindString(text)
	if found == "" {
		return text
	}
	if !c.values.Given("contact_phone") && c.reader.library.Field("contact_phone") != nil {
		c.values["contact_phone"] = found
	}
	return strings.TrimSpace(phone.ReplaceAllString(text, ""))
}

// asChain takes a word of a chain that stands below 技术领域: many sheets know
// one column for both.
func (c *cells) asChain(text string) bool {
	f := c.reader.library.Field("chain")
	if f == nil {
		return false
	}
	v, _, ok := valueOf(f, text, "")
	if ok && !c.values.Given("chain") {
		c.values["chain"] = v
	}
	return ok
}
