package schema_test

import (
	"encoding/json"
	"strings"
	"testing"

	"tanxu/llm"
	"tanxu/llm/schema"
)

const cmds = `{"type":"object","additionalProperties":false,"required":["cmds"],"properties":{"cmds":{"type":"array","items":` +
	`{"type":"object","additionalProperties":false,"required":["op","quote"],"properties":{"op":{"type":"string","enum":["set","none"]},"quote":{"type":["string","null"]}}}}}}`

func TestViolationsNameThePlace(t *testing.T) {
	t.Parallel()
	v, err := schema.Compile(llm.Schema{Name: "cmds", JSON: json.RawMessage(cmds)})
	if err != nil {
		t.Fatal(err)
	}
	tests := map[string]struct {
		text string
		want []string // what the violations hold, in any order
	}{
		"fits":           {`{"cmds":[{"op":"set","quote":null}]}`, nil},
		"foreign op":     {`{"cmds":[{"op":"set","quote":null},{"op":"approve","quote":"x"}]}`, []string{"/cmds/1/op"}},
		"missing key":    {`{"cmds":[{"op":"set"}]}`, []string{"/cmds/0: missing property 'quote'"}},
		"key too many":   {`{"cmds":[],"note":1}`, []string{"additional properties 'note'"}},
		"not JSON":       {`好的`, []string{"not JSON"}},
		"more after it":  {`{"cmds":[]} 完`, []string{"not JSON"}},
		"two violations": {`{"cmds":[{"op":1,"quote":2}]}`, []string{"/cmds/0/op", "/cmds/0/quote"}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := v.Violations(tt.text)
			if len(got) == 0 != (len(tt.want) == 0) {
				t.Fatalf("Violations() = %v, want %v", got, tt.want)
			}
			all := ""
			for _, one := range got {
				all += one.String() + "\n"
			}
			for _, want := range tt.want {
				if !strings.Contains(all, want) {
					t.Errorf("Violations() = %q, want %q", all, want)
				}
			}
		})
	}
}

func TestCompileKeepsToTheCommonSubset(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{
		"optional property": `{"type":"object","additionalProperties":false,"required":[],"properties":{"a":{"type":"string"}}}`,
		"open object":       `{"type":"object","required":["a"],"properties":{"a":{"type":"string"}}}`,
		"pattern":           `{"type":"string","pattern":"^a"}`,
		"reference inside":  `{"type":"array","items":{"$ref":"#/a"}}`,
		"no schema at all":  `[1]`,
		"not JSON":          `{`,
	} {
		if _, err := schema.Compile(llm.Schema{Name: "x", JSON: json.RawMessage(text)}); err == nil {
			t.Errorf("%s was accepted", name)
		}
	}
}
