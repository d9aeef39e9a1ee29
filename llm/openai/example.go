package openai

import (
	"bytes"
	"encoding/json"
	"slices"
)

// node is the part of a schema that an example needs. Properties keep their
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

// example returns a minimal instance of the schema, "{}" if it can't be read.
func example(schema json.RawMessage) string {
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
		raw, _ := json.Marshal(n.Enum[0])
		b.Write(raw)
	case n.is("null"):
		b.WriteString("null")
	case n.is("object"):
		b.WriteByte('{')
		for i, p := range n.Props {
			if i > 0 {
				b.WriteByte(',')
			}
			name, _ := json.Marshal(p.name)
			b.Write(name)
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
	default:
		b.WriteString(`""`)
	}
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
