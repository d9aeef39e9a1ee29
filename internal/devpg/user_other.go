//go:build unix && !linux

package devpg

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"syscall"
)

// user says as whom the server runs: only the caller, away from Linux.
type user struct{}

// asUser does something as the caller: PostgreSQL refuses root.
func asUser[T any](do func(user) (T, error)) (T, error) {
	if os.Geteuid() == 0 {
		var none T
		return none, errors.New("PostgreSQL does not run as root: start it as a normal user")
	}
	return do(user{})
}

// attr keeps the terminal's Ctrl-C from the process.
func (user) attr(bool) *syscall.SysProcAttr { return &syscall.SysProcAttr{Setpgid: true} }

// own makes folders.
func (user) own(dirs ...string) error {
	for _, dir := range dirs {
		if err := os.MkdirAll(dir, 0o700); err != nil {
			return fmt.Errorf("make %s: %w", dir, err)
		}
	}
	return nil
}

// commandOf returns the command line of a process, "" if there is none.
func commandOf(pid int) string {
	out, err := exec.Command("ps", "-o", "args=", "-p", strconv.Itoa(pid)).Output()
	if err != nil {
		return "" // ps says so by its status
	}
	return string(out)
}
