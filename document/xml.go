package document

import (
	"archive/zip"
	"encoding/xml"
	"errors"
	"path"
	"strings"

	"tanxu/need"
)

// errDirective is a DOCTYPE: office files have none, and entities are a trap.
var errDirective = errors.New("a document type where there can be none")

// decodePart decodes a small part of an archive.
func decodePart(z *zip.Reader, name string, into any) error {
	p := part(z, name)
	if p == nil {
		return errors.New("no part " + name)
	}
	in, err := opened(p)
	if err != nil {
		return err
	}
	defer in.Close()
	return xml.NewDecoder(in).Decode(into)
}

// partName is the name of a part from the target of a relationship of a part
// in folder.
func partName(folder, target string) string {
	if strings.HasPrefix(target, "/") {
		return strings.TrimPrefix(path.Clean(target), "/")
	}
	return path.Join(folder, target)
}

// wrongContent is the error of an archive that is no file of its kind.
func wrongContent(b *builder, z *zip.Reader, other string) error {
	if part(z, other) != nil {
		return need.Errorf(need.Invalid, CodeContent, "the content of %s is not what its name says", b.doc.Name)
	}
	return need.Errorf(need.Invalid, CodeCorrupt, "%s lacks its main part", b.doc.Name)
}

// attr returns the attribute of this local name, "" if there is none.
func attr(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}
