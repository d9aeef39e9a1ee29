package devpg

import (
	"context"
	"crypto/sha256"
	"fmt"
	"os/exec"
	"runtime"
)

// dockerImage holds the server of last resort. The tag follows its minor
// versions, so the oldest vector of the line is assumed.
const (
	dockerImage = "pgvector/pgvector:pg17"
	dockerMajor = 17
)

// fromDocker says whether a Docker engine answers. The image itself is fetched
// when it is first run.
func fromDocker(ctx context.Context, _ string) (programs, error) {
	if _, err := exec.LookPath("docker"); err != nil {
		return programs{}, errAbsent
	}
	if runtime.GOOS != "linux" {
		return programs{}, fmt.Errorf("a socket cannot leave Docker's virtual machine on %s", runtime.GOOS)
	}
	if out, err := exec.CommandContext(ctx, "docker", "version", "--format", "{{.Server.Version}}").CombinedOutput(); err != nil {
		return programs{}, fmt.Errorf("no engine answers: %s", oneLine(out))
	}
	users, err := candidates()
	if err != nil {
		return programs{}, err
	}
	u := users[len(users)-1] // never root
	u.container = true
	return programs{major: dockerMajor, version: fmt.Sprint(dockerMajor), vector: vectorOldest, users: []user{u}}, nil
}

// dockerCommand runs a program of the image as u, without network, with our
// folders at their own paths: its socket is reached like any other, and docker
// passes our signals on. The list of users is ours too, because initdb wants to
// know its user's name.
func (c *Cluster) dockerCommand(u user, program string, args []string) *exec.Cmd {
	name := fmt.Sprintf("tanxu-%x", sha256.Sum256([]byte(c.opt.StateDir)))[:len("tanxu-")+12]
	// A killed process leaves its container, and then the name is taken. There
	// is none mostly, which docker calls an error.
	_ = exec.Command("docker", "rm", "--force", name).Run()
	return exec.Command("docker", append([]string{
		"run", "--rm", "--name", name, "--network", "none", "--user", fmt.Sprintf("%d:%d", u.id, u.id),
		"--volume", "/etc/passwd:/etc/passwd:ro",
		"--volume", c.opt.StateDir + ":" + c.opt.StateDir, "--volume", c.socket + ":" + c.socket,
		"--entrypoint", program, dockerImage,
	}, args...)...)
}
