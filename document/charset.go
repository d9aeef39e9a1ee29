package document

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
)

// decode turns the bytes of a text file into a text: UTF-8 or UTF-16 by its
// mark, UTF-8 if it is valid, else GB18030, whatever the file claims. odd
// reports whether some bytes are no text in that encoding.
func decode(data []byte) (text string, odd bool) {
	switch {
	case bytes.HasPrefix(data, []byte("\xFF\xFE")), bytes.HasPrefix(data, []byte("\xFE\xFF")):
		return decodeBy(unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), data)
	case bytes.HasPrefix(data, []byte("\xEF\xBB\xBF")):
		data = data[3:]
	}
	good, bad := utf8Runes(data)
	switch {
	case bad == 0:
		return string(data), false
	case good > 10*bad: // UTF-8 with a few broken places: Chinese in GB18030 is hardly ever valid UTF-8
		return strings.ToValidUTF8(string(data), "\uFFFD"), true
	}
	return decodeBy(simplifiedchinese.GB18030, data)
}

func decodeBy(e encoding.Encoding, data []byte) (string, bool) {
	out, err := e.NewDecoder().Bytes(data)
	if err != nil {
		return strings.ToValidUTF8(string(data), "\uFFFD"), true
	}
	return string(out), bytes.ContainsRune(out, utf8.RuneError)
}

// utf8Runes counts the runes of more than one byte, and the bytes that are part
// of no rune.
func utf8Runes(data []byte) (good, bad int) {
	for len(data) > 0 {
		r, width := utf8.DecodeRune(data)
		switch {
		case r == utf8.RuneError && width == 1:
			bad++
		case width > 1:
			good++
		}
		data = data[width:]
	}
	return good, bad
}

// binary reports whether data is no text: it has a NUL without the mark of
// UTF-16, or many control characters.
func binary(data []byte) bool {
	if bytes.HasPrefix(data, []byte("\xFF\xFE")) || bytes.HasPrefix(data, []byte("\xFE\xFF")) {
		return false
	}
	controls := 0
	for _, c := range data {
		if c == 0 {
			return true
		}
		if c < ' ' && c != '\n' && c != '\r' && c != '\t' && c != '\f' && c != '\v' {
			controls++
		}
	}
	return controls*100 > len(data)
}
