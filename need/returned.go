package need

import "strings"

// ReturnNote is the note of the event that returns a need: the codes of the
// reasons in its first line, what the broker says to the contact below.
func ReturnNote(reasons []string, words string) string {
	line := strings.Join(reasons, " ")
	if words != "" {
		line += "\n" + words
	}
	return line
}

// ReadReturnNote reads what ReturnNote wrote.
func ReadReturnNote(note string) (reasons []string, words string) {
	line, words, _ := strings.Cut(note, "\n")
	return strings.Fields(line), words
}

// ByBroker reports whether somebody of the centre did it.
func (a Actor) ByBroker() bool { return strings.HasPrefix(string(a), "broker:") }
