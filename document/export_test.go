package document

import "bytes"

// Receive is receive, for what a reading process says.
func Receive(said []byte) (*Document, error) {
	return receive(bytes.NewReader(said), "a.csv", Options{}.withDefaults())
}
