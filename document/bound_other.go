//go:build !linux

package document

import (
	"os/exec"
	"runtime/debug"
)

// apply keeps this process within its memory as far as the run time can; the
// parent's timeout bounds the rest.
func (b Bounds) apply() error {
	debug.SetMemoryLimit(b.Memory * 3 / 4)
	return nil
}

func alone(*exec.Cmd) {}
