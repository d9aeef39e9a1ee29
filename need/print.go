package need

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// Print is what a need is compared and searched by: what it says, without the
// form in which it says it.
type Print struct {
	ID      ID
	Centre  CentrePath
	Version int    // of the need that it was made of
	Org     string // OrgKey of whose need it is
	Said    string // all that the need says, in plain runes; "\n" between statements
	// Core is what the need is about, in plain runes without figures: title,
	// problem, goal and key technology. Two needs of one product have their
	// scene in common, and are told apart by these.
	Core    string
	Figures []string // of Core and of the indicators, in base units, sorted
}

// leastCore is how many pairs a core needs to tell anything.
const leastCore = 12

// NewPrint reads a need's statements. core are those that it is about, first
// the title; rest are all others.
func NewPrint(id ID, org string, core, rest []string) Print {
	p := Print{ID: id, Org: OrgKey(org)}
	var said, about []string
	for _, text := range core {
		said, about = append(said, string(Plain(text))), append(about, string(prose(text)))
		p.Figures = append(p.Figures, Figures(text)...)
	}
	for _, text := range rest {
		said = append(said, string(Plain(text)))
	}
	p.Said = strings.Join(append(said, string(Plain(org))), "\n")
	p.Core = strings.Join(about, "\n")
	if len(p.Core) < leastCore*3 {
		p.Core = strings.Join(said, "\n")
	}
	slices.Sort(p.Figures)
	return p
}

// prose is a text in plain runes without digits.
func prose(text string) []rune {
	return slices.DeleteFunc(Plain(text), unicode.IsDigit)
}

// Figures are the quantities of a text in base units, so that 0.08 mm and
// 80 μm are the same. Amounts of money are none: they say nothing of the
// technology.
func Figures(text string) []string {
	var out []string
	for _, m := range Measures(text) {
		u, ok := NormalUnit(m.Unit)
		if !ok {
			u = Unit{Base: m.Unit, Factor: 1}
		}
		if strings.Contains(u.Base, "元") || strings.Contains(u.Base, "CNY") {
			continue
		}
		out = append(out, figure(m.Quantity.Num*u.Factor, u.Base))
		if m.Quantity.Num2 != nil {
			out = append(out, figure(*m.Quantity.Num2*u.Factor, u.Base))
		}
	}
	return out
}

// figure writes a value with the digits that people mean.
func figure(v float64, base string) string { return strconv.FormatFloat(v, 'g', 4, 64) + base }

// OrgKey is how an organisation is compared: without white space, width, and
// the kind of brackets.
func OrgKey(name string) string { return string(Plain(name)) }
