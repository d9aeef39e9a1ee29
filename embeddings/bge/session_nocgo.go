//go:build !cgo

package bge

import "fmt"

// openSession needs ONNX Runtime, and that needs cgo.
func openSession(string) (session, error) {
	return nil, fmt.Errorf("%w: this binary was built without cgo", ErrAbsent)
}
