package document

import (
	"errors"
	"os/exec"
	"syscall"
	"time"
)

// addresses is how many times its data the address space of a process may
// measure: the run time reserves room that it never touches.
const addresses = 6

// apply bounds this process for good: the kernel ends it when it takes more.
func (b Bounds) apply() error {
	seconds := uint64(max(1, b.CPU/time.Second))
	set := func(what int, most uint64) error {
		return syscall.Setrlimit(what, &syscall.Rlimit{Cur: most, Max: most})
	}
	return errors.Join(
		set(syscall.RLIMIT_DATA, uint64(b.Memory)),
		set(syscall.RLIMIT_AS, addresses*uint64(b.Memory)),
		set(syscall.RLIMIT_CPU, seconds),
		set(syscall.RLIMIT_FSIZE, uint64(b.File)),
		set(syscall.RLIMIT_CORE, 0),
	)
}

// alone gives the process a group of its own, and has it killed when this one
// dies.
func alone(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
}
