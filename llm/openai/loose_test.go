package openai_test

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"tanxu/llm/openai"
)

func TestLooseObject(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		text    string
		want    string
		partial bool
		ok      bool
	}{
		"plain":                       {`{"a":1}`, `{"a":1}`, false, true},
		"prose around":                {`好的：{"a":1}，请查收。`, `{"a":1}`, false, true},
		"fence":                       {"结果\n```json\n{\"a\":1}\n```\n完", `{"a":1}`, false, true},
		"fence without language":      {"```\n{\"a\":1}\n```", `{"a":1}`, false, true},
		"fence inside a string":       {"{\"a\":\"```x```\"}", "{\"a\":\"```x```\"}", false, true},
		"thoughts":                    {`<think>先写 {"a":0}</think>{"a":1}`, `{"a":1}`, false, true},
		"only closing thought":        {`想好了 {"a":0} </think> {"a":1}`, `{"a":1}`, false, true},
		"thoughts that never end":     {`<think>{"a":0}`, "", true, false},
		"typographic quotes":          {`{“a”：“涂布”}`, `{"a":"涂布"}`, false, true},
		"Chinese quotes inside":       {`{"a":"客户说“不行”"}`, `{"a":"客户说“不行”"}`, false, true},
		"full-width punctuation":      {`｛"a"：［1，2］｝`, `{"a":[1,2]}`, false, true},
		"full-width inside is kept":   {`{"a":"速度：80，温度"}`, `{"a":"速度：80，温度"}`, false, true},
		"trailing commas":             {"{\"a\":[1,2,],\n}", `{"a":[1,2]}`, false, true},
		"raw line break in a string":  {"{\"a\":\"一\n二\"}", `{"a":"一\n二"}`, false, true},
		"first brace is no object":    {`格式 {略} 为 {"a":1}`, `{"a":1}`, false, true},
		"two objects, the first wins": {`{"a":1}{"a":2}`, `{"a":1}`, false, true},
		"cut in a string":             {`{"cmds":[{"q":"每分钟80米"},{"q":"每分钟8`, `{"cmds":[{"q":"每分钟80米"}]}`, true, true},
		"cut in the second key":       {`{"a":1,"b":"x`, `{"a":1}`, true, true},
		"cut before anything":         {`{"cmds":[{"q"`, `{"cmds":[]}`, true, true},
		"the same key twice":          {`{"a":1,"a":2}`, "", true, false},
		"twice in an inner object":    {`{"x":[{"a":1,"a":2}]}`, "", true, false},
		"same key on two levels":      {`{"a":{"a":1},"b":[{"a":1},{"a":2}]}`, `{"a":{"a":1},"b":[{"a":1},{"a":2}]}`, false, true},
		"NaN":                         {`{"a":NaN}`, "", true, false},
		"wrong brackets":              {`{"a":[1}`, "", true, false},
		"an array":                    {`[1,2]`, "", true, false},
		"empty":                       {"", "", true, false},
		"spaces":                      {strings.Repeat(" ", 40), "", true, false},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, partial, ok := openai.LooseObject(tt.text)
			if ok != tt.ok || ok && partial != tt.partial {
				t.Fatalf("LooseObject(%q) = %q, partial %v, ok %v", tt.text, got, partial, ok)
			}
			if ok && !sameJSON(got, tt.want) {
				t.Errorf("LooseObject(%q) = %s, want %s", tt.text, got, tt.want)
			}
		})
	}
}

// An answer that is cut anywhere gives a prefix of its commands and never half
// of one: "80" must not become "8".
func TestLooseObjectCutAtEveryByte(t *testing.T) {
	t.Parallel()
	type answer struct {
		Cmds []map[string]any `json:"cmds"`
		Rows []map[string]any `json:"rows"`
	}
	const whole = `{"cmds":[{"quote":"走带到“八十”就跑偏","op":"set","field":"problem","n":80},{"quote":"不方便说","op":"decline","field":"budget","n":null}],` +
		`"rows":[{"quote":"提到80米/分","target":"80"}]}`
	var full answer
	if err := json.Unmarshal([]byte(whole), &full); err != nil {
		t.Fatal(err)
	}
	for k := range len(whole) {
		text, _, ok := openai.LooseObject(whole[:k])
		if !ok {
			continue
		}
		var got answer
		if err := json.Unmarshal([]byte(text), &got); err != nil {
			t.Fatalf("cut at %d: %s: %v", k, text, err)
		}
		if len(got.Cmds) > len(full.Cmds) || len(got.Cmds) > 0 && !reflect.DeepEqual(got.Cmds, full.Cmds[:len(got.Cmds)]) {
			t.Fatalf("cut at %d: commands %v", k, got.Cmds)
		}
		if len(got.Rows) > 0 && !reflect.DeepEqual(got.Rows, full.Rows[:len(got.Rows)]) {
			t.Fatalf("cut at %d: rows %v", k, got.Rows)
		}
	}
}

func sameJSON(a, b string) bool {
	var x, y any
	return json.Unmarshal([]byte(a), &x) == nil && json.Unmarshal([]byte(b), &y) == nil && reflect.DeepEqual(x, y)
}

// Whatever the text, the result is a JSON object or nothing; what is one
// already comes back as it is.
func FuzzLooseObject(f *testing.F) {
	for _, seed := range []string{
		`{"a":[{"b":"每分钟80米"}],"c":null}`, "```json\n{\"a\":1,}\n```", `<think>x</think>{“a”：1}`, `{"a":"\u00`, `｛"a"：［1，`, "{\"a\":\"\x00\xff\"}", `{"a":"\`, "{}",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		got, partial, ok := openai.LooseObject(text)
		var object map[string]any
		if ok && json.Unmarshal([]byte(got), &object) != nil {
			t.Fatalf("LooseObject(%q) = %q, which is no object", text, got)
		}
		again, p, ok2 := openai.LooseObject(got)
		if ok && (!ok2 || p || !sameJSON(again, got)) {
			t.Fatalf("LooseObject(%q) = %q (partial %v) is not stable: %q", text, got, partial, again)
		}
	})
}
