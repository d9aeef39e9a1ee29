package openai

import (
	"bytes"
	"encoding/json"
	"strings"
	"unicode/utf8"
)

// Bounds on hostile answers: how many opening braces are tried, and how deep
// they may be nested (a schema of the common subset needs four levels).
const (
	maxStarts = 16
	maxDepth  = 32
)

// looseObject finds the JSON object in what a model wrote: behind its thoughts,
// inside a fence or between sentences, with typographic quotes, full-width
// punctuation or trailing commas. Partial says that the text broke off, and
// that what was not complete is left out. Valid JSON comes back unchanged.
func looseObject(text string) (object string, partial, ok bool) {
	text = unfenced(withoutThoughts(strings.TrimPrefix(text, "\ufeff")))
	for range maxStarts {
		i := strings.IndexAny(text, "{｛")
		if i < 0 {
			break
		}
		text = text[i:]
		out, complete := relax(text)
		if complete && sound(out) {
			return out, false, true
		}
		_, n := utf8.DecodeRuneInString(text)
		text = text[n:]
		// What follows an object that broke off is inside of it.
		if !complete && strings.IndexAny(strings.TrimLeft(text, " \t\r\n"), `"“”`) == 0 {
			return out, true, sound(out)
		}
	}
	return "", true, false
}

// withoutThoughts removes what models think aloud, also when only the closing
// tag, or only the opening one, is there.
func withoutThoughts(text string) string {
	if i := strings.LastIndex(text, "</think>"); i >= 0 {
		return text[i+len("</think>"):]
	}
	if i := strings.Index(text, "<think>"); i >= 0 {
		return text[:i]
	}
	return text
}

// unfenced returns what stands inside the first fence that opens an object.
func unfenced(text string) string {
	const fence = "```"
	open := strings.Index(text, fence)
	brace := strings.IndexAny(text, "{｛")
	if open < 0 || brace >= 0 && brace < open {
		return text
	}
	body := text[open+len(fence):]
	if end := strings.Index(body, fence); end >= 0 && strings.ContainsAny(body[:end], "{｛") {
		return body[:end]
	}
	return body
}

// relax reads one object from the start of text and writes it as JSON. It stops
// behind the closing brace; complete is false if that never came.
func relax(text string) (out string, complete bool) {
	r := relaxer{text: text}
	for r.pos < len(r.text) && !r.done {
		c, n := utf8.DecodeRuneInString(r.text[r.pos:])
		r.pos += n
		if !r.step(c) {
			return "", true // a bracket that fits nothing, or too many: not repairable
		}
	}
	if r.done {
		return r.out.String(), true
	}
	return r.cutBack(), false
}

// relaxer is the state of relax.
type relaxer struct {
	text  string
	pos   int
	out   bytes.Buffer
	stack []byte // open braces and brackets
	done  bool
	safe  int    // length of out up to which everything is complete
	tail  string // what closes the containers that are open there
}

// step takes one rune outside of strings; it reports whether text can still be JSON.
func (r *relaxer) step(c rune) bool {
	switch c {
	case '{', '｛':
		return r.open('{', '}')
	case '[', '［':
		return r.open('[', ']')
	case '}', '｝':
		return r.close('}')
	case ']', '］':
		return r.close(']')
	case ',', '，':
		r.markPair()
		r.out.WriteByte(',')
	case ':', '：':
		r.out.WriteByte(':')
	case '"', '“', '”', '„', '＂':
		r.readString(c)
	default:
		r.out.WriteRune(c)
	}
	return true
}

func (r *relaxer) open(brace, closing byte) bool {
	if len(r.stack) == maxDepth {
		return false
	}
	r.out.WriteByte(brace)
	r.stack = append(r.stack, closing)
	if brace == '[' || len(r.stack) == 1 {
		r.markSafe()
	}
	return true
}

func (r *relaxer) close(brace byte) bool {
	if len(r.stack) == 0 || r.stack[len(r.stack)-1] != brace {
		return false
	}
	kept := bytes.TrimRight(r.out.Bytes(), " \t\r\n")
	if bytes.HasSuffix(kept, []byte(",")) {
		r.out.Truncate(len(kept) - 1)
	}
	r.out.WriteByte(brace)
	r.stack = r.stack[:len(r.stack)-1]
	r.done = len(r.stack) == 0
	r.markElement()
	return true
}

// readString copies a string. One that a straight quote opens ends at the next
// straight quote, so that Chinese quotation marks inside it stay what they are.
func (r *relaxer) readString(opening rune) {
	r.out.WriteByte('"')
	for r.pos < len(r.text) {
		c, n := utf8.DecodeRuneInString(r.text[r.pos:])
		r.pos += n
		switch {
		case c == '\\' && r.pos < len(r.text):
			_, n = utf8.DecodeRuneInString(r.text[r.pos:])
			r.out.WriteString(r.text[r.pos-1 : r.pos+n])
			r.pos += n
		case c == '"', opening != '"' && (c == '”' || c == '“' || c == '＂'):
			r.out.WriteByte('"')
			r.markElement()
			return
		case c < ' ':
			escaped, _ := json.Marshal(string(c))
			r.out.Write(escaped[1 : len(escaped)-1])
		default:
			r.out.WriteRune(c)
		}
	}
}

// markPair remembers the place before a comma: in the root object a pair is
// complete there, in an array an element. A pair of an inner object is not
// worth keeping, because half a command can mean something else.
func (r *relaxer) markPair() {
	if len(r.stack) > 0 && (len(r.stack) == 1 || r.stack[len(r.stack)-1] == ']') {
		r.markSafe()
	}
}

// markElement remembers the place behind an element of an array.
func (r *relaxer) markElement() {
	if n := len(r.stack); n > 0 && r.stack[n-1] == ']' {
		r.markSafe()
	}
}

// markSafe takes this place as the one to cut back to, unless an inner object
// is open around it.
func (r *relaxer) markSafe() {
	tail := make([]byte, 0, len(r.stack))
	for i := len(r.stack) - 1; i >= 0; i-- {
		if r.stack[i] == '}' && i > 0 {
			return
		}
		tail = append(tail, r.stack[i])
	}
	r.safe, r.tail = r.out.Len(), string(tail)
}

func (r *relaxer) cutBack() string {
	kept := bytes.TrimRight(r.out.Bytes()[:r.safe], ", \t\r\n")
	return string(kept) + r.tail
}
