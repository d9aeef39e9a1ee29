package openai

import (
	"encoding/json"
	"errors"
	"io"
	"strings"
)

// sound reports whether text is one JSON object in which no object has the
// same key twice: two readers could take such an answer differently.
func sound(text string) bool {
	if !json.Valid([]byte(text)) {
		return false
	}
	d := json.NewDecoder(strings.NewReader(text))
	d.UseNumber()
	return uniqueKeys(d) == nil
}

var errTwice = errors.New("a key stands twice")

// level is one open object or array.
type level struct {
	keys map[string]bool // nil for an array
	key  bool            // the next token is a key
}

func uniqueKeys(d *json.Decoder) error {
	var stack []level
	for {
		t, err := d.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if n := len(stack); n > 0 && stack[n-1].key {
			if name, ok := t.(string); ok {
				if stack[n-1].keys[name] {
					return errTwice
				}
				stack[n-1].keys[name], stack[n-1].key = true, false
				continue
			}
		}
		stack = step(stack, t)
	}
}

// step takes a token that is no key: behind a value, an object expects a key.
func step(stack []level, t json.Token) []level {
	switch t {
	case json.Delim('{'):
		return append(stack, level{keys: map[string]bool{}, key: true})
	case json.Delim('['):
		return append(stack, level{})
	case json.Delim('}'), json.Delim(']'):
		stack = stack[:len(stack)-1]
	}
	if n := len(stack); n > 0 {
		stack[n-1].key = stack[n-1].keys != nil
	}
	return stack
}
