package api_test

import (
	"bytes"
	"encoding/json"
	"testing"
	"time"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"tanxu/api"
	"tanxu/need"
	"tanxu/need/record"
)

// FuzzPatch: whatever a broker sends, the need stays one that fits its schema.
func FuzzPatch(f *testing.F) {
	for _, seed := range []string{
		`{"title":"新","fields":{"problem":{"value":"良率低"},"tried":{"value":["a","b"]},"budget":null}}`,
		`{"fields":{"budget":{"value":{"min":1,"max":2,"unit":"万元"}},"deadline":{"value":{"iso":"2027-06","text":"明年"}},"scene":{"confirm":true}}}`,
		`{"indicators":[{"id":"i1","confirm":true},{"id":"i2","remove":true},{"name":"温度","op":"≤","target":{"text":"5","num":5},"unit":"℃"}]}`,
		`{"indicators":[{"id":"i1","remove":true},{"id":"i1","name":"x"}]}`,
		`{"fields":{"chain":{"value":"航空"},"indicator":{"value":1},"":{"value":""}}}`,
	} {
		f.Add(seed)
	}
	schema := recordSchema(f)
	f.Fuzz(func(t *testing.T, body string) {
		var p api.NeedPatch
		if json.Unmarshal([]byte(body), &p) != nil {
			t.Skip()
		}
		n := sample()
		before := n.Version
		events, err := api.EventsOf(n, &p, "broker:1", time.Unix(1, 0))
		if err != nil {
			if need.KindOf(err) != need.Invalid {
				t.Fatalf("refused as %v: %v", need.KindOf(err), err)
			}
			return
		}
		for _, e := range events {
			if e.By != "broker:1" || e.Need != n.ID {
				t.Fatalf("an event of %s on %s", e.By, e.Need)
			}
			n.Apply(e)
		}
		if n.Version != before+len(events) {
			t.Fatalf("version %d after %d events on %d", n.Version, len(events), before)
		}
		raw, err := json.Marshal(record.Of(n))
		must(t, err)
		doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(raw))
		must(t, err)
		if err := schema.Validate(doc); err != nil {
			t.Fatalf("the record does not fit: %v\n%s", err, raw)
		}
	})
}

func sample() *need.Need {
	events := append([]need.Event{{Kind: need.NeedStarted, Note: "高导铜合金"}}, inReview()...)
	for i := range events {
		events[i].Need = "0190a0a0-0000-7000-8000-000000000000"
	}
	return need.Fold("0190a0a0-0000-7000-8000-000000000000", events)
}

func recordSchema(t testing.TB) *jsonschema.Schema {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(record.Schema))
	must(t, err)
	c := jsonschema.NewCompiler()
	must(t, c.AddResource("record.json", doc))
	schema, err := c.Compile("record.json")
	must(t, err)
	return schema
}

// FuzzHeaders: what a client makes up is a version, a place, a language, or an
// error that says so.
func FuzzHeaders(f *testing.F) {
	for _, seed := range []string{`"3"`, `W/"3"`, "*", "", "ZXZlbnQgMw", "en-US,en;q=0.9", "zh", "2027-06", "P12M", "\x00"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if v, err := api.VersionOf(&text); err == nil && v < 1 || err != nil && need.CodeOf(err) != "version_stale" {
			t.Errorf("version %d, %v", v, err)
		}
		if n, err := api.ReadPlace(&text); n < 0 || err != nil && need.CodeOf(err) != "cursor_invalid" {
			t.Errorf("place %d, %v", n, err)
		}
		if lang, err := api.LangOf(text); err != nil || lang != "zh" && lang != "en" {
			t.Errorf("language %q, %v", lang, err)
		}
		if api.IsoDate(text) && (len(text) < 3 || len(text) > 10) {
			t.Errorf("%q is a date", text)
		}
	})
}
