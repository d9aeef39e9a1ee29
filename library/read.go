package library

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"tanxu/document"
	"tanxu/need"
)

// Row is what a row of a file states.
type Row struct {
	Entry  *need.Entry // nil if it states no record that can be kept
	Title  string
	Reason string // why it states none: a code
	Failed bool   // it was meant as a record
	Issues []document.Issue
}

// Reader reads the rows of one file, and finds those that repeat an earlier one.
type Reader struct {
	library need.Library
	rules   func(any) error // nil if rules can be decided
	codes   map[string]string
	names   map[string]string
}

// NewReader returns a reader for a file of a library; rules checks conditions of
// finance products.
func NewReader(l need.Library, rules func(any) error) *Reader {
	return &Reader{l, rules, map[string]string{}, map[string]string{}}
}

// The reasons why a row states no record, beside those of package document.
const (
	ReasonNoName     = "no_name"
	ReasonCodeTwice  = "code_twice" // an earlier row has the same code and says something else
	ReasonDuplicate  = "duplicate"  // an earlier row says the same
	ReasonClassified = "classified"
	ReasonBroken     = "broken" // half an object
)

// The issues of a row beside those of package document.
const (
	issueDropped = document.IssueCode("dropped") // not understood, and left out
	issueCut     = document.IssueCode("cut")     // only its first part is kept
	issueStage   = document.IssueCode("stage")   // it does not fit the level; the level counts
	issueCode    = document.IssueCode("registration")
	issueFormula = document.IssueCode("formula") // that nobody has calculated; left out
)

var (
	registration = regexp.MustCompile(`^\d{7}Y\d{4}$`)
	classified   = regexp.MustCompile(`秘密|机密|绝密`)
	marked       = regexp.MustCompile(`^\s*(?:秘密|机密|绝密)(?:级|★.*)?\s*$`) // in whatever column
	formula      = regexp.MustCompile(`^=[\w(+\-'"@$]`)
	bare         = regexp.MustCompile(`^\d+(?:\.\d+)?$`)
	inUnit       = regexp.MustCompile(`万元|亿元|千元|元`)
)

// Read reads one draft of the file.
func (r *Reader) Read(d document.Draft) Row {
	row := Row{Issues: d.Issues}
	if d.Skipped != "" {
		row.Reason = string(d.Skipped)
		if d.Skipped == document.SkipNothing && len(d.Cells) > 0 && strings.HasPrefix(d.Cells[0].Text, "{") {
			row.Reason, row.Failed = ReasonBroken, true
		}
		return row
	}
	if slices.ContainsFunc(d.Cells, func(k document.Kept) bool { return marked.MatchString(k.Text) }) {
		row.Reason, row.Failed = ReasonClassified, true
		return row
	}
	c := cells{reader: r, row: &row, values: need.Values{}, entry: &need.Entry{Library: r.library, Shared: true}}
	for _, k := range merged(d.Cells) {
		c.take(k)
	}
	c.patents()
	e := c.clean()
	row.Title = e.Name()
	switch {
	case row.Reason != "":
		row.Failed = true
		return row
	case row.Title == "":
		row.Reason, row.Failed = ReasonNoName, true
		return row
	}
	return r.once(row, e, d.Cells)
}

// merged joins cells that mean the same: of several columns of one name.
func merged(list []document.Kept) []document.Kept {
	var out []document.Kept
	for _, k := range list {
		if k.Target == "" || k.Target == document.Number || k.Target == document.Ignore || strings.TrimSpace(k.Text) == "" {
			continue
		}
		i := slices.IndexFunc(out, func(o document.Kept) bool { return o.Target == k.Target })
		if i < 0 {
			out = append(out, k)
		} else if !strings.Contains(out[i].Text, k.Text) {
			out[i].Text += "\n" + k.Text
		}
	}
	return out
}

// once finds an earlier row of the file with the same code, or the same name and
// owner.
func (r *Reader) once(row Row, e *need.Entry, all []document.Kept) Row {
	var said strings.Builder
	for _, k := range all {
		if k.Target != document.Number {
			said.WriteString(string(need.Plain(k.Text)) + "\x00")
		}
	}
	seen, key := r.names, string(need.Plain(e.Name()))+"\x00"+string(need.Plain(e.Values.Text(r.library.OrgField())))
	if e.Code != "" {
		seen, key = r.codes, e.Code
	}
	before, twice := seen[key]
	switch {
	case !twice:
		seen[key] = said.String()
		row.Entry = e
	case before == said.String() || e.Code == "":
		row.Reason = ReasonDuplicate
	default:
		row.Reason, row.Failed = ReasonCodeTwice, true
	}
	return row
}

// cells reads the cells of one row.
type cells struct {
	reader *Reader
	row    *Row
	values need.Values
	entry  *need.Entry
	aside  map[string][]string // parts of rights that have columns of their own
}

func (c *cells) take(k document.Kept) {
	text := strings.TrimSpace(k.Text)
	if formula.MatchString(text) {
		c.issue(issueFormula, k)
		return
	}
	if len(text) > 1 && text[0] == '\'' && Harmless(text[1:]) == text {
		text = text[1:] // as we write what might act as a formula
	}
	switch key := string(k.Target); key {
	case "code":
		if utf8.RuneCountInString(text) > longestCode || strings.HasPrefix(text, need.MadeCode) {
			c.issue(issueDropped, k)
			return
		}
		c.entry.Code = strings.Join(strings.Fields(text), " ")
	case "shared":
		c.entry.Shared = !slices.Contains([]string{"否", "不共享", "false", "no", "n", "0"}, strings.ToLower(text))
	case "ip_number", "ip_status", "ip_pledge":
		if c.aside == nil {
			c.aside = map[string][]string{}
		}
		c.aside[key] = split(text, hard)
	case "secrecy":
		if classified.MatchString(text) && !strings.Contains(text, "非") {
			c.row.Reason = ReasonClassified
			return
		}
		c.field(k, text)
	default:
		c.field(k, text)
	}
}

// longestCode is in characters.
const longestCode = 64

// field reads the value of a field.
func (c *cells) field(k document.Kept, text string) {
	f := c.reader.library.Field(string(k.Target))
	if f == nil {
		return
	}
	if f.Shape == need.TextField && bare.MatchString(text) {
		text += inUnit.FindString(k.Header) // 80 below 意向价格（万元）
	}
	if f.Shape == need.RecordsField && nothing.MatchString(text) {
		return
	}
	if f.Key == "people" {
		text = c.withoutPhones(text)
	}
	v, cut, ok := valueOf(f, text, k.Header)
	switch {
	case !ok && f.Key == "field" && c.asChain(text):
		return
	case !ok:
		c.issue(issueDropped, k)
		return
	case cut:
		c.issue(issueCut, k)
	}
	if f.Key == "stage" && v == "" {
		return
	}
	if f.Key == "stage" {
		if _, trl, _ := need.ReadStage(text); trl > 0 && !c.values.Given("trl") {
			c.values["trl"] = float64(trl)
		}
	}
	if f.Key == "registration" && !registration.MatchString(text) {
		c.issue(issueCode, k)
	}
	c.values[f.Key] = v
}

// patents gives rights what stands of them in columns of their own, in the same
// order.
func (c *cells) patents() {
	if len(c.aside) == 0 {
		return
	}
	list, _ := c.values["ip"].([]any)
	longest := len(list)
	for _, parts := range c.aside {
		longest = max(longest, len(parts))
	}
	for i := len(list); i < longest; i++ {
		list = append(list, map[string]any{"kind": "专利"})
	}
	for key, parts := range c.aside {
		for i, text := range parts {
			right, ok := list[i].(map[string]any)
			if !ok {
				continue
			}
			part := strings.TrimPrefix(key, "ip_")
			if part == "pledge" {
				text = pledgeOf(text)
			}
			if text != "" {
				right[part] = text
			}
		}
	}
	c.values["ip"] = list
}

// clean brings the record into its normal form. What does not fit is left out,
// with a word about it.
func (c *cells) clean() *need.Entry {
	if rules, ok := c.values["rules"]; ok && c.reader.rules != nil && c.reader.rules(rules) != nil {
		delete(c.values, "rules")
		c.row.Issues = append(c.row.Issues, document.Issue{Code: issueDropped, Place: "rules"})
	}
	out, faults := c.reader.library.Clean(c.values)
	for _, f := range faults {
		switch {
		case f.Code == "place_required":
		case f.Code == "place_stage":
			out["stage"] = need.StageOf(int(out.Number("trl")))
			c.row.Issues = append(c.row.Issues, document.Issue{Code: issueStage})
		case f.Code == "place_uscc":
			c.row.Issues = append(c.row.Issues, document.Issue{Code: document.IssueUSCC, Text: c.values.Text(f.Key)})
		default:
			c.row.Issues = append(c.row.Issues, document.Issue{Code: issueDropped, Text: c.values.Text(f.Key)})
		}
	}
	if c.reader.library.Field("source") != nil && !out.Given("source") {
		out["source"] = "批量导入"
	}
	c.entry.Values = out
	return c.entry
}

func (c *cells) issue(code document.IssueCode, k document.Kept) {
	c.row.Issues = append(c.row.Issues, document.Issue{Code: code, Place: k.Place, Text: k.Text})
}
