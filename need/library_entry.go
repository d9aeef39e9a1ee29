package need

import (
	"slices"
	"time"
)

// Library is a register of what needs are matched with, and of who has them.
type Library string

// The libraries.
const (
	Achievements    Library = "achievements"
	Experts         Library = "experts"
	Providers       Library = "providers" // 服务机构
	FinanceProducts Library = "finance-products"
	Organisations   Library = "organisations"
)

// Libraries are all of them.
func Libraries() []Library {
	return []Library{Achievements, Experts, Providers, FinanceProducts, Organisations}
}

// Valid reports whether there is such a library.
func (l Library) Valid() bool { return slices.Contains(Libraries(), l) }

// EntryID is a UUID, given by the store; of an achievement it is its
// AchievementID, and so on.
type EntryID string

// Entry is one record of a library, by its fields: how people keep it. The
// types of the single libraries (Achievement …) are how it is matched.
type Entry struct {
	ID      EntryID
	Library Library
	Centre  CentrePath
	Code    string // the centre's own number; one that begins with MadeCode was made by us
	Values  Values
	Shared  bool // centres below the owning one may read it

	Version     int // grows with each change
	Created     time.Time
	Updated     time.Time
	Confirmed   time.Time // when somebody, or a file, last said that it still holds
	ConfirmedBy Actor
	Archived    *time.Time
	MergedInto  EntryID // the record that took its place, "" if none did
	Stale       bool    // not confirmed for StaleAfter, or past its last day
}

// MadeCode begins the code of a record that came without one.
const MadeCode = "~"

// StaleAfter is how many months a record holds without being confirmed.
const StaleAfter = 12

// Values are what a record says, by the key of a field: string, float64, bool,
// []any of strings, or []any of map[string]any, as JSON has them.
type Values map[string]any

// Text returns a text of v, "" if it is none.
func (v Values) Text(key string) string {
	s, _ := v[key].(string)
	return s
}

// Number returns a figure of v, 0 if it is none.
func (v Values) Number(key string) float64 {
	n, _ := v[key].(float64)
	return n
}

// Texts returns a list of texts of v.
func (v Values) Texts(key string) []string {
	list, _ := v[key].([]any)
	var out []string
	for _, one := range list {
		if s, ok := one.(string); ok {
			out = append(out, s)
		}
	}
	return out
}

// Records returns a list of small records of v.
func (v Values) Records(key string) []Values {
	list, _ := v[key].([]any)
	var out []Values
	for _, one := range list {
		if r, ok := one.(map[string]any); ok {
			out = append(out, r)
		}
	}
	return out
}

// Given reports whether v says anything of a field.
func (v Values) Given(key string) bool {
	switch x := v[key].(type) {
	case nil:
		return false
	case string:
		return x != ""
	case float64:
		return x != 0
	case []any:
		return len(x) > 0
	case map[string]any:
		return len(x) > 0
	default:
		return true
	}
}

// Name is what a record is called.
func (e *Entry) Name() string { return e.Values.Text(e.Library.NameField()) }

// NameField is the key of the field that a record is called by.
func (l Library) NameField() string {
	if l == Achievements {
		return "title"
	}
	return "name"
}

// OrgField is the key of the organisation behind a record, "" if it is one
// itself.
func (l Library) OrgField() string {
	switch l {
	case Achievements:
		return "owner_org"
	case Experts, FinanceProducts:
		return "org"
	default:
		return ""
	}
}

// Missing are the fields that a complete record has and this one lacks.
func (e *Entry) Missing() []string {
	missing := []string{}
	for _, f := range e.Library.Fields() {
		if f.Wanted && !e.Values.Given(f.Key) {
			missing = append(missing, f.Key)
		}
	}
	return missing
}

// Redacted returns e as centres below its own may read it: without the contact.
func (e *Entry) Redacted() Entry {
	out := *e
	out.Values = Values{}
	for key, v := range e.Values {
		if f := e.Library.Field(key); f == nil || !f.Contact {
			out.Values[key] = v
		}
	}
	return out
}
