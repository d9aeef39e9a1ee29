package document

import (
	"archive/zip"
	"bytes"
	"io"
	"strings"

	"tanxu/need"
)

// smallZip is up to how many unzipped bytes the ratio of a file does not matter.
const smallZip = 4 << 20

// unzip opens a zipped file after a look at what it would cost.
func unzip(b *builder, data []byte) (*zip.Reader, error) {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, b.corrupt("open the archive", err)
	}
	if len(z.File) > b.o.MaxEntries {
		return nil, need.Errorf(need.Invalid, CodeEntries, "%s has %d parts, over %d", b.doc.Name, len(z.File), b.o.MaxEntries)
	}
	var total uint64
	for _, f := range z.File {
		if f.Flags&1 != 0 {
			return nil, need.Errorf(need.Invalid, CodeEncrypted, "%s wants a password", b.doc.Name)
		}
		total += min(f.UncompressedSize64, uint64(b.o.MaxUnzip)+1)
		if total > uint64(b.o.MaxUnzip) || total > smallZip && total > uint64(len(data))*uint64(b.o.MaxRatio) {
			return nil, need.Errorf(need.Invalid, CodeBomb, "%s unzips to more than its size allows", b.doc.Name)
		}
	}
	return z, nil
}

// part finds a part of an archive by its name, without regard to case.
func part(z *zip.Reader, name string) *zip.File {
	for _, f := range z.File {
		if strings.EqualFold(strings.TrimPrefix(strings.ReplaceAll(f.Name, "\\", "/"), "/"), name) {
			return f
		}
	}
	return nil
}

// opened reads a part; more than it announces is an error.
func opened(f *zip.File) (io.ReadCloser, error) {
	in, err := f.Open()
	if err != nil {
		return nil, err
	}
	return struct {
		io.Reader
		io.Closer
	}{io.LimitReader(in, int64(min(f.UncompressedSize64, 1<<40))+1), in}, nil
}
