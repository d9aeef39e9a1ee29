package openai_test

import (
	"encoding/json"
	"testing"

	"tanxu/llm/openai"
)

func TestFormIsAShortSchema(t *testing.T) {
	t.Parallel()
	tests := map[string]struct{ schema, want string }{
		"keys keep their order": {`{"type":"object","properties":{"quote":{"type":"string"},"op":{"type":"string","enum":["set","none"]}}}`, `{"quote":"text","op":"set|none"}`},
		"null":                  {`{"type":"object","properties":{"row":{"type":["string","null"]},"cmp":{"type":["string","null"],"enum":["≥","<",null]}}}`, `{"row":"text|null","cmp":"≥|<|null"}`},
		"lists of objects":      {`{"type":"object","properties":{"cmds":{"type":"array","items":{"type":"object","properties":{"n":{"type":"integer"},"ok":{"type":"boolean"}}}}}}`, `{"cmds":[{"n":0,"ok":false}]}`},
		"a list of anything":    {`{"type":"object","properties":{"x":{"type":"array"}}}`, `{"x":[]}`},
		"no schema":             {`[]`, `{}`},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := openai.Form(json.RawMessage(tt.schema)); got != tt.want {
				t.Errorf("Form() = %s, want %s", got, tt.want)
			}
		})
	}
}
