package bge

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// tokenizer is BERT's WordPiece: clean, split at blanks, punctuation and Han
// characters, then the longest pieces of the vocabulary from the left.
type tokenizer struct {
	vocab         map[string]int64
	prefix        string // of pieces inside a word
	longest       int    // words with more runes are unknown
	unk, cls, sep int64
}

func newTokenizer(data []byte) (*tokenizer, error) {
	var file struct {
		Model struct {
			Type    string           `json:"type"`
			Unknown string           `json:"unk_token"`
			Prefix  string           `json:"continuing_subword_prefix"`
			Longest int              `json:"max_input_chars_per_word"`
			Vocab   map[string]int64 `json:"vocab"`
		} `json:"model"`
	}
	if err := json.Unmarshal(data, &file); err != nil {
		return nil, fmt.Errorf("parse: %w", err)
	}
	m := file.Model
	t := &tokenizer{vocab: m.Vocab, prefix: m.Prefix, longest: m.Longest}
	if m.Type != "WordPiece" || m.Prefix == "" || m.Longest < 1 {
		return nil, errors.New("not a WordPiece vocabulary")
	}
	for name, id := range map[string]*int64{m.Unknown: &t.unk, "[CLS]": &t.cls, "[SEP]": &t.sep} {
		n, ok := m.Vocab[name]
		if !ok {
			return nil, fmt.Errorf("vocabulary has no %q", name)
		}
		*id = n
	}
	return t, nil
}

// encode returns the ids of [CLS], at most limit-2 tokens of text, [SEP].
func (t *tokenizer) encode(text string, limit int) []int64 {
	ids := append(make([]int64, 0, min(limit, len(text)+2)), t.cls)
	start := -1 // of the word that is being read
	clean := normalise(text)
	for i, r := range clean {
		alone := isHan(r) || isPunct(r)
		if start >= 0 && (alone || unicode.IsSpace(r)) {
			ids = t.word(ids, clean[start:i])
			start = -1
		}
		switch {
		case alone:
			ids = t.word(ids, clean[i:i+utf8.RuneLen(r)])
		case start < 0 && !unicode.IsSpace(r):
			start = i
		}
		if len(ids) >= limit {
			break
		}
	}
	if start >= 0 {
		ids = t.word(ids, clean[start:])
	}
	return append(ids[:min(len(ids), limit-1)], t.sep)
}

// word appends the pieces of one word, or the unknown token for all of it.
func (t *tokenizer) word(ids []int64, word string) []int64 {
	if utf8.RuneCountInString(word) > t.longest {
		return append(ids, t.unk)
	}
	before := len(ids)
	for rest, prefix := word, ""; rest != ""; prefix = t.prefix {
		end := len(rest)
		for ; end > 0; end-- {
			if !utf8.RuneStart(byteAt(rest, end)) {
				continue
			}
			if id, ok := t.vocab[prefix+rest[:end]]; ok {
				ids = append(ids, id)
				break
			}
		}
		if end == 0 {
			return append(ids[:before], t.unk)
		}
		rest = rest[end:]
	}
	return ids
}

// byteAt is s[i], and at the end of s a byte that starts a rune.
func byteAt(s string, i int) byte {
	if i == len(s) {
		return 0
	}
	return s[i]
}

// normalise drops what cannot be seen and turns every blank into a space.
func normalise(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\t' || r == '\n' || r == '\r' || unicode.IsSpace(r):
			return ' '
		case r == utf8.RuneError || unicode.In(r, unicode.Cc, unicode.Cf, unicode.Co, unicode.Cs):
			return -1
		default:
			return r
		}
	}, text)
}

func isPunct(r rune) bool {
	return unicode.IsPunct(r) || r < utf8.RuneSelf && unicode.IsSymbol(r)
}

// isHan reports whether BERT sets blanks around r.
func isHan(r rune) bool {
	switch {
	case r < 0x3400:
		return false
	case r <= 0x4DBF, r >= 0x4E00 && r <= 0x9FFF, r >= 0xF900 && r <= 0xFAFF:
		return true
	default:
		return r >= 0x20000 && r <= 0x2A6DF || r >= 0x2A700 && r <= 0x2B81F || r >= 0x2B920 && r <= 0x2CEAF || r >= 0x2F800 && r <= 0x2FA1F
	}
}
