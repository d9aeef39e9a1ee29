package devpg

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	osuser "os/user"
	"path/filepath"
	"strconv"
	"syscall"
)

// user says as whom the server runs: PostgreSQL refuses root.
type user struct {
	id        int       // of the owner of its files
	namespace bool      // root outside, user 1000 inside a user namespace
	caps      []uintptr // rights that it keeps of root's
	container bool      // Docker sees to it
}

// as does something as the first user that the kernel lets us start a process
// as.
func as[T any](users []user, do func(user) (T, error)) (T, error) {
	var (
		got T
		err error
	)
	for _, u := range users {
		if got, err = do(u); !forbidden(err) {
			break
		}
	}
	return got, err
}

// forbidden says whether the kernel refused to start a process in that way.
func forbidden(err error) bool {
	failed, ok := errors.AsType[*fs.PathError](err)
	return ok && failed.Op == "fork/exec" && (errors.Is(err, syscall.EPERM) || errors.Is(err, syscall.EINVAL) ||
		errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EACCES))
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
		stat, ok := info.Sys().(*syscall.Stat_t)
		switch {
		case ok && int(stat.Uid) == u.id:
			continue
		case os.Geteuid() != 0 || !info.IsDir():
			return fmt.Errorf("%s belongs to another user", dir)
		}
		if err := chown(dir, u.id); err != nil {
			return fmt.Errorf("give %s to user %d: %w", dir, u.id, err)
		}
	}
	return nil
}

// chown gives a folder and all in it to a user.
func chown(dir string, id int) error {
	return filepath.WalkDir(dir, func(path string, _ fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		return os.Lchown(path, id, id)
	})
}
