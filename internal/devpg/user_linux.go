package devpg

import (
	"errors"
	"fmt"
	"os"
	osuser "os/user"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
)

// capDacOverride lets a user other than root read and enter root's folders.
const capDacOverride = 1

// user says as whom the server runs: PostgreSQL refuses root.
type user struct {
	namespace bool // as root, who is user 1000 inside a user namespace
	id        int  // else as this user
	caps      []uintptr
}

// asUser does something as whoever the server can run as: the caller, or for
// root, in turn, a user namespace (which containers may forbid) and user
// postgres or nobody, with and without the right to enter root's folders.
func asUser[T any](do func(user) (T, error)) (T, error) {
	if id := os.Geteuid(); id != 0 {
		return do(user{id: id})
	}
	nobody := unprivileged()
	v, err := do(user{namespace: true})
	for _, u := range []user{{id: nobody, caps: []uintptr{capDacOverride}}, {id: nobody}} {
		if !forbidden(err) {
			break
		}
		v, err = do(u)
	}
	return v, err
}

// forbidden says whether the kernel refused to start a process in that way.
func forbidden(err error) bool {
	var failed *os.PathError
	return errors.As(err, &failed) && failed.Op == "fork/exec" &&
		(errors.Is(err, syscall.EPERM) || errors.Is(err, syscall.EINVAL) || errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EACCES))
}

// unprivileged returns the number of user postgres, or that of nobody.
func unprivileged() int {
	if u, err := osuser.Lookup("postgres"); err == nil {
		if id, err := strconv.Atoi(u.Uid); err == nil {
			return id
		}
	}
	return 65534
}

// attr keeps the terminal's Ctrl-C from the process, and ends a server cleanly
// even if our process is killed.
func (u user) attr(server bool) *syscall.SysProcAttr {
	a := &syscall.SysProcAttr{Setpgid: true}
	if server {
		a.Pdeathsig = syscall.SIGINT
	}
	switch {
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

// own makes folders and gives them to the user. A folder of a stranger, as
// might wait for us in a shared temporary folder, is refused.
func (u user) own(dirs ...string) error {
	for _, dir := range dirs {
		if err := os.MkdirAll(dir, 0o700); err != nil {
			return fmt.Errorf("make %s: %w", dir, err)
		}
		info, err := os.Lstat(dir)
		if err != nil {
			return fmt.Errorf("look at %s: %w", dir, err)
		}
		owner := int(info.Sys().(*syscall.Stat_t).Uid)
		switch {
		case owner == u.id:
			continue
		case os.Geteuid() != 0 || !info.IsDir():
			return fmt.Errorf("%s belongs to user %d", dir, owner)
		}
		err = filepath.WalkDir(dir, func(path string, _ os.DirEntry, err error) error {
			if err != nil {
				return err
			}
			return os.Lchown(path, u.id, u.id)
		})
		if err != nil {
			return fmt.Errorf("give %s to user %d: %w", dir, u.id, err)
		}
	}
	return nil
}

// commandOf returns the command line of a process, "" if there is none.
func commandOf(pid int) string {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/cmdline", pid))
	if err != nil {
		return ""
	}
	return strings.ReplaceAll(string(text), "\x00", " ")
}
