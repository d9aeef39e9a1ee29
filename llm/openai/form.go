package openai

import (
	"bytes"
	"cmp"
	"encoding/json"
	"slices"
	"strings"
)

// node is the part of a schema that its short form needs. Properties keep their
// order, because models write keys in the order in which they see them.
type node struct {
	Type  json.RawMessage `json:"type"`
	Enum  []any           `json:"enum"`
	Items *node           `json:"items"`
	Props ordered         `json:"properties"`
}

// ordered is a JSON object whose keys keep their order.
type ordered []property

type property struct {
	name string
	node node
}

// UnmarshalJSON implements json.Unmarshaler.
func (o *ordered) UnmarshalJSON(raw []byte) error {
	d := json.NewDecoder(bytes.NewReader(raw))
	if _, err := d.Token(); err != nil {
		return err
	}
	for d.More() {
		name, err := d.Token()
		if err != nil {
			return err
		}
		p := property{}
		p.name, _ = name.(string)
		if err := d.Decode(&p.node); err != nil {
			return err
		}
		*o = append(*o, p)
	}
	return nil
}

// form writes a schema as an object of its shape, in a quarter of its length:
// "a|b|null" is one of these, "text" any string, a number 0 and a truth false.
// It is "{}" if the schema can't be read.
func form(schema json.RawMessage) string {
	var n node
	if json.Unmarshal(schema, &n) != nil {
		return "{}"
	}
	var b bytes.Buffer
	n.write(&b)
	return b.String()
}

func (n *node) write(b *bytes.Buffer) {
	switch {
	case len(n.Enum) > 0:
		var words []string
		for _, e := range n.Enum {
			words = append(words, cmp.Or(text(e), "null"))
		}
		b.Write(quoted(strings.Join(words, "|")))
	case n.is("object"):
		b.WriteByte('{')
		for i, p := range n.Props {
			if i > 0 {
				b.WriteByte(',')
			}
			b.Write(quoted(p.name))
			b.WriteByte(':')
			p.node.write(b)
		}
		b.WriteByte('}')
	case n.is("array"):
		b.WriteByte('[')
		if n.Items != nil {
			n.Items.write(b)
		}
		b.WriteByte(']')
	case n.is("boolean"):
		b.WriteString("false")
	case n.is("integer"), n.is("number"):
		b.WriteByte('0')
	case n.is("null"):
		b.WriteString(`"text|null"`)
	default:
		b.WriteString(`"text"`)
	}
}

// text is a value of an enumeration that is a string, "" for any other.
func text(v any) string {
	s, _ := v.(string)
	return s
}

// quoted is s as JSON, with signs such as ≥ and < as they are.
func quoted(s string) []byte {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if enc.Encode(s) != nil {
		return []byte(`""`)
	}
	return bytes.TrimSpace(b.Bytes())
}

// is reports whether the type of n is, or may be, kind.
func (n *node) is(kind string) bool {
	var one string
	if json.Unmarshal(n.Type, &one) == nil {
		return one == kind
	}
	var some []string
	return json.Unmarshal(n.Type, &some) == nil && slices.Contains(some, kind)
}
