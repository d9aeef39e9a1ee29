package library

import (
	"encoding/binary"
	"hash/fnv"
	"math"
	"regexp"
	"strings"

	"tanxu/need"
)

// From what likeness on two records are shown as a pair.
const (
	alikeText  = 0.75 // of all that they say
	alikeName  = 0.8  // of names, where records say little else
	alikeOwner = 0.5  // of owners, of two experts of one name
	// alikeVector is a cosine of centred vectors (bge-small-zh-v1.5). On a third of
	// 1,000 records of papers stated again with other words, a third shorter and in
	// another order, with what Meant asks besides: .86 finds .91 at a precision of
	// .93, .88 .85 at .95, .90 .79 at .96 (BenchmarkAlike).
	alikeVector = 0.88
	alikeMeant  = 0.4 // of the words, where vectors say that they mean the same
	leastGist   = 30  // pairs of characters that a record needs to be compared by all that it says
)

// How signatures are cut: two texts that share three fifths of their pairs of
// characters meet in 98 of 100 cases.
const (
	bands = 24
	rows  = 4
)

// gistOf is all that a record says.
func gistOf(e *need.Entry) need.Gist {
	parts := []string{e.Name()}
	for _, key := range []string{e.Library.OrgField(), "summary", "indicators", "limit", "rate"} {
		parts = append(parts, e.Values.Text(key))
	}
	parts = append(parts, e.Values.Texts("keywords")...)
	parts = append(parts, e.Values.Texts("conditions")...)
	return need.GistOf(strings.Join(parts, "\n"))
}

// Bands are the keys under which records that may be one meet: of the name, and
// of all that they say (MinHash).
func Bands(e *need.Entry) []int64 {
	name := e.Name()
	if e.Library == need.Organisations || e.Library == need.Providers {
		name = legalForm.ReplaceAllString(name, "")
	}
	return append(bandsOf(need.GistOf(name), "name"), bandsOf(gistOf(e), "text")...)
}

func bandsOf(g need.Gist, what string) []int64 {
	if len(g) == 0 {
		return nil
	}
	out := make([]int64, 0, bands)
	for b := range bands {
		h := fnv.New64a()
		h.Write([]byte(what)) //nolint:errcheck // a hash never fails
		for r := range rows {
			least := uint64(math.MaxUint64)
			for _, pair := range g {
				least = min(least, mix(uint64(pair)+uint64(b*rows+r)*0x9e3779b97f4a7c15)) //nolint:gosec // small and not negative
			}
			var raw [8]byte
			binary.LittleEndian.PutUint64(raw[:], least)
			h.Write(raw[:]) //nolint:errcheck // a hash never fails
		}
		out = append(out, int64(h.Sum64())) //nolint:gosec // any bits are a key
	}
	return out
}

// mix spreads the bits of a number (the finaliser of MurmurHash3).
func mix(h uint64) uint64 {
	h ^= h >> 33
	h *= 0xff51afd7ed558ccd
	h ^= h >> 33
	h *= 0xc4ceb9fe1a85ec53
	return h ^ h>>33
}

// Near reports whether two records that met say nearly the same, and how alike
// they are.
func Near(a, b *need.Entry) (float64, bool) {
	if differ(a, b) {
		return 0, false
	}
	name := need.GistOf(a.Name()).Likeness(need.GistOf(b.Name()))
	switch a.Library {
	case need.Organisations, need.Providers:
		return nearNames(a.Name(), b.Name())
	case need.Experts:
		owner := need.GistOf(a.Values.Text("org")).Likeness(need.GistOf(b.Values.Text("org")))
		same := string(need.Plain(a.Name())) == string(need.Plain(b.Name()))
		return owner, same && owner >= alikeOwner
	}
	one, other := gistOf(a), gistOf(b)
	if len(one) < leastGist || len(other) < leastGist {
		return name, name >= alikeName && sameOwner(a, b)
	}
	text := one.Likeness(other)
	return text, text >= alikeText
}

var legalForm = regexp.MustCompile(`(?:集团)?(?:股份有限公司|有限责任公司|有限公司|公司|集团|厂)(?:[(（].*[)）])?$`)

// nearNames compares the names of two organisations without their legal forms.
func nearNames(a, b string) (float64, bool) {
	x, y := legalForm.ReplaceAllString(a, ""), legalForm.ReplaceAllString(b, "")
	if x == y && x != "" {
		return 1, true
	}
	score := need.GistOf(x).Likeness(need.GistOf(y))
	return score, score >= alikeName
}

// Meant reports whether two records with this cosine mean the same.
func Meant(a, b *need.Entry, cosine float64) bool {
	return cosine >= alikeVector && !differ(a, b) && (sameOwner(a, b) || gistOf(a).Likeness(gistOf(b)) >= alikeMeant)
}

// differ reports whether something says that two records are two, however alike:
// other credit codes, or other figures in their names.
func differ(a, b *need.Entry) bool {
	if x, y := a.Values.Text("uscc"), b.Values.Text("uscc"); x != "" && y != "" && x != y {
		return true
	}
	x, y := need.Numbers(a.Name()), need.Numbers(b.Name())
	if len(x) != len(y) {
		return false
	}
	for i := range x {
		if x[i] != y[i] {
			return true
		}
	}
	return false
}

func sameOwner(a, b *need.Entry) bool {
	key := a.Library.OrgField()
	return key != "" && string(need.Plain(a.Values.Text(key))) == string(need.Plain(b.Values.Text(key)))
}
