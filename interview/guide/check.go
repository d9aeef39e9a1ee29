package guide

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"tanxu/need"
)

// maxQuestion is the longest Chinese question, in characters.
const maxQuestion = 80

// check returns all that is wrong with the guide, joined.
func (g *Guide) check() error {
	var errs []error
	say := func(format string, args ...any) { errs = append(errs, fmt.Errorf(format, args...)) }
	if g.Version < 1 || g.Date == "" {
		say("version and date are required")
	}
	seen := map[need.Key]bool{}
	for i := range g.Fields {
		f := &g.Fields[i]
		if !f.Key.Known() || seen[f.Key] {
			say("field %q is unknown or there twice", f.Key)
		}
		seen[f.Key] = true
		errs = append(errs, f.check()...)
	}
	for name, t := range map[string]Text{
		"target": g.Row.Target, "current": g.Row.Current, "unit": g.Row.Unit,
		"condition": g.Row.Condition, "conflict": g.Row.Conflict, "reached": g.Row.Reached,
	} {
		errs = append(errs, checkQuestion("row."+name, t))
	}
	for _, kind := range routeKinds() {
		r, ok := g.Routes[kind]
		if !ok {
			say("route %s is missing", kind)
			continue
		}
		errs = append(errs, checkText("routes."+string(kind)+".label", r.Label),
			checkQuestion("routes."+string(kind)+".ask", r.Ask), checkText("routes."+string(kind)+".close", r.Close))
	}
	for _, key := range textKeys() {
		if _, ok := g.Texts[key]; !ok {
			say("text %s is missing", key)
		}
	}
	for key, t := range g.Texts {
		errs = append(errs, checkText("texts."+key, t))
		if strings.HasPrefix(key, "ask_") {
			errs = append(errs, checkQuestion("texts."+key, t))
		}
	}
	return errors.Join(errs...)
}

func (f *Field) check() []error {
	at := string(f.Key)
	errs := []error{
		checkText(at+".label", f.Label), checkText(at+".why", f.Why), checkText(at+".means", f.Means),
		checkQuestion(at+".ask", f.Ask), checkQuestion(at+".retry", f.Retry), checkQuestion(at+".again", f.Again),
	}
	if f.Weight <= 0 {
		errs = append(errs, fmt.Errorf("%s: weight must be positive", at))
	}
	if len(f.Probes) != 2 {
		errs = append(errs, fmt.Errorf("%s: %d probes, not 2", at, len(f.Probes)))
	}
	for i, p := range f.Probes {
		errs = append(errs, checkQuestion(fmt.Sprintf("%s.probes[%d]", at, i), p))
	}
	for _, c := range f.Choices {
		errs = append(errs, checkText(at+"."+c.ID, c.Label), c.check(f.Key))
	}
	return errs
}

// check holds the form of ids that every channel can carry.
func (c *Choice) check(k need.Key) error {
	const chars = "abcdefghijklmnopqrstuvwxyz0123456789_.-"
	bad := strings.Trim(c.ID, chars) != "" || len(c.ID) > 40 || !strings.HasPrefix(c.ID, string(k)+".")
	set := 0
	for _, is := range []bool{c.Value != "", c.Min > 0 || c.Max > 0, c.Mark != ""} {
		if is {
			set++
		}
	}
	marks := []need.FieldStatus{"", need.Declined, need.Unknown}
	if bad || set != 1 || !slices.Contains(marks, c.Mark) {
		return fmt.Errorf("%s: choice %q needs an id %s.… and one of value, money, mark", k, c.ID, k)
	}
	return nil
}

func checkText(at string, t Text) error {
	if strings.TrimSpace(t.ZH) == "" || strings.TrimSpace(t.EN) == "" {
		return fmt.Errorf("%s: a language is missing", at)
	}
	if zh, en := placeholders(t.ZH), placeholders(t.EN); !slices.Equal(zh, en) {
		return fmt.Errorf("%s: placeholders differ: %v and %v", at, zh, en)
	}
	return nil
}

// checkQuestion wants exactly one question mark in each language, so that a
// contact is never asked two things at once.
func checkQuestion(at string, t Text) error {
	if err := checkText(at, t); err != nil {
		return err
	}
	if strings.Count(t.ZH, "？") != 1 || strings.Contains(t.ZH, "?") || strings.Count(t.EN, "?") != 1 {
		return fmt.Errorf("%s: not exactly one question mark", at)
	}
	if n := utf8.RuneCountInString(t.ZH); n > maxQuestion {
		return fmt.Errorf("%s: %d characters, over %d", at, n, maxQuestion)
	}
	return nil
}

func placeholders(s string) []string {
	found := regexp.MustCompile(`\{[a-z_]+\}`).FindAllString(s, -1)
	slices.Sort(found)
	return slices.Compact(found)
}

func routeKinds() []need.RouteKind {
	return []need.RouteKind{
		need.RouteFinance, need.RouteMarket, need.RoutePolicy, need.RouteTalent,
		need.RoutePurchase, need.RouteManagement, need.RouteExpertCheck,
	}
}
