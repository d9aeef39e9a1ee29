package devpg

import (
	"context"
	"crypto/sha256"
	"fmt"
	"os"
	"os/exec"
	"runtime"
)

// dockerImage serves where nothing else does.
const dockerImage = "pgvector/pgvector:0.8.5-pg17"

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
	return programs{major: 17, version: "17", vector: version{0, 8, 5}}, nil
}

// dockerCommand runs the server in a container without network. Its socket lies
// in our folder, so it is reached like any other; docker passes our signals on.
func (c *Cluster) dockerCommand(progs programs) *exec.Cmd {
	name := fmt.Sprintf("tanxu-%x", sha256.Sum256([]byte(c.opt.StateDir)))[:len("tanxu-")+12]
	exec.Command("docker", "rm", "--force", name).Run() // an orphan, if there is one
	args := []string{
		"run", "--rm", "--name", name, "--network", "none",
		"--env", "POSTGRES_USER=" + superuser, "--env", "POSTGRES_HOST_AUTH_METHOD=trust",
		"--volume", name + ":/var/lib/postgresql/data", "--volume", c.socket + ":/var/run/postgresql",
		dockerImage, "postgres",
	}
	for _, s := range c.settings(progs) {
		args = append(args, "-c", s)
	}
	cmd := exec.Command("docker", args...)
	cmd.Env = os.Environ()
	return cmd
}
