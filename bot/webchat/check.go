package webchat

import (
	"net/http"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"tanxu/need"
)

// checkText refuses what no person can have typed. Everything else, emoji and
// invisible characters included, is kept as it is.
func checkText(text string) error {
	switch {
	case !utf8.ValidString(text):
		return refuse(http.StatusUnprocessableEntity, "text_encoding")
	case utf8.RuneCountInString(text) > need.MaxText:
		return refuse(http.StatusUnprocessableEntity, "text_too_long", strconv.Itoa(need.MaxText))
	case strings.ContainsFunc(text, isBinary):
		return refuse(http.StatusUnprocessableEntity, "text_binary")
	case strings.TrimFunc(text, isBlank) == "":
		return refuse(http.StatusUnprocessableEntity, "text_empty")
	}
	return nil
}

// printable reports whether a short text is valid and on one line.
func printable(text string) bool {
	return utf8.ValidString(text) && !strings.ContainsFunc(text, unicode.IsControl)
}

// isBinary passes white space: word processors put vertical tabs on the
// clipboard.
func isBinary(r rune) bool { return unicode.IsControl(r) && !unicode.IsSpace(r) }

// isBlank covers zero-width and direction characters too.
func isBlank(r rune) bool { return unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) }
