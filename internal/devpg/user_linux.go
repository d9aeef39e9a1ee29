package devpg

import (
	"fmt"
	"os"
	"strings"
	"syscall"
)

// capDacOverride lets a user other than root read and enter root's folders.
const capDacOverride = 1

// candidates are the users to try: the caller, or for root, in turn, a user
// namespace (which containers may forbid) and user postgres or nobody, with and
// without the right to enter root's folders.
func candidates() ([]user, error) {
	if id := os.Geteuid(); id != 0 {
		return []user{{id: id}}, nil
	}
	id := unprivileged()
	return []user{{namespace: true}, {id: id, caps: []uintptr{capDacOverride}}, {id: id}}, nil
}

// attr keeps the terminal's Ctrl-C from the process, and ends a server cleanly
// even if our process is killed.
func (u user) attr(server bool) *syscall.SysProcAttr {
	a := &syscall.SysProcAttr{Setpgid: true}
	if server {
		a.Pdeathsig = syscall.SIGINT
	}
	switch {
	case u.container:
	case u.namespace:
		a.Cloneflags = syscall.CLONE_NEWUSER
		a.UidMappings = []syscall.SysProcIDMap{{ContainerID: 1000, HostID: 0, Size: 1}}
		a.GidMappings = []syscall.SysProcIDMap{{ContainerID: 1000, HostID: 0, Size: 1}}
	case u.id != os.Geteuid():
		a.Credential = &syscall.Credential{Uid: uint32(u.id), Gid: uint32(u.id)}
		a.AmbientCaps = u.caps
	}
	return a
}

// commandOf returns the command line of a process, "" if there is none.
func commandOf(pid int) string {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/cmdline", pid))
	if err != nil {
		return ""
	}
	return strings.ReplaceAll(string(text), "\x00", " ")
}
