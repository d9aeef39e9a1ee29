//go:build unix && !linux

package devpg

import (
	"errors"
	"os"
	"os/exec"
	"strconv"
	"syscall"
)

// candidates are the users to try: only the caller, away from Linux.
func candidates() ([]user, error) {
	id := os.Geteuid()
	if id == 0 {
		return nil, errors.New("PostgreSQL does not run as root: start it as a normal user")
	}
	return []user{{id: id}}, nil
}

// attr keeps the terminal's Ctrl-C from the process.
func (user) attr(bool) *syscall.SysProcAttr { return &syscall.SysProcAttr{Setpgid: true} }

// commandOf returns the command line of a process, "" if there is none.
func commandOf(pid int) string {
	out, err := exec.Command("ps", "-o", "args=", "-p", strconv.Itoa(pid)).Output()
	if err != nil {
		return "" // ps says so by its status
	}
	return string(out)
}
