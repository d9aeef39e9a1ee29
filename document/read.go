package document

import (
	"bytes"
	"context"
	"path"
	"strings"

	"tanxu/need"
)

// Read reads a file in this process. Files of strangers are read by Child
// instead, which calls Read where nothing can be broken. Every error that the
// file causes is need.Invalid with one of the codes of this package.
func Read(ctx context.Context, name string, data []byte, o Options) (*Document, error) {
	o = o.withDefaults()
	if int64(len(data)) > o.MaxBytes {
		return nil, need.Errorf(need.Invalid, CodeSize, "%s has %d bytes, over %d", name, len(data), o.MaxBytes)
	}
	kind, err := kindOf(name, data)
	if err != nil {
		return nil, err
	}
	b := &builder{doc: &Document{Name: name, Kind: kind}, o: o}
	switch kind {
	case Excel:
		err = readExcel(ctx, b, data)
	case CSV:
		err = readCSV(ctx, b, data)
	case Word:
		err = readWord(ctx, b, data)
	case PDF:
		err = readPDF(ctx, b, data)
	case JSON:
		err = readJSON(ctx, b, data)
	default:
		err = readText(b, data)
	}
	switch {
	case err != nil:
		return nil, err
	case b.empty() && b.noted(ImagesIgnored):
		return nil, need.Errorf(need.Invalid, CodeScanned, "%s holds pictures only", name)
	case b.empty():
		return nil, need.Errorf(need.Invalid, CodeEmpty, "%s holds no text", name)
	}
	return b.doc, nil
}

// First bytes of files.
const (
	zipMagic = "PK\x03\x04"
	oleMagic = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"
	pdfMagic = "%PDF-"
)

// pdfHead is how far into a file its mark may stand.
const pdfHead = 1024

// kindOf tells the kind of a file by its name and its first bytes, which must
// agree.
func kindOf(name string, data []byte) (Kind, error) {
	ext := strings.ToLower(path.Ext(strings.TrimSpace(name)))
	kind := map[string]Kind{
		".xlsx": Excel, ".xlsm": Excel, ".csv": CSV, ".tsv": CSV, ".docx": Word, ".docm": Word, ".pdf": PDF, ".txt": Text, ".json": JSON, ".jsonl": JSON,
	}[ext]
	switch ext {
	case ".xls", ".doc", ".et", ".wps":
		return "", need.Errorf(need.Invalid, CodeLegacy, "%s is of an old form: save it as .xlsx or .docx", name)
	}
	ole := bytes.HasPrefix(data, []byte(oleMagic))
	zipped := bytes.HasPrefix(data, []byte(zipMagic))
	fits := true
	switch {
	case kind == "":
		return "", need.Errorf(need.Invalid, CodeType, "%s is of no kind that is read", name)
	case len(data) == 0:
		return "", need.Errorf(need.Invalid, CodeEmpty, "%s is empty", name)
	case (kind == Excel || kind == Word) && ole && bytes.Contains(data, utf16le("EncryptedPackage")):
		return "", need.Errorf(need.Invalid, CodeEncrypted, "%s wants a password", name)
	case (kind == Excel || kind == Word) && ole:
		return "", need.Errorf(need.Invalid, CodeLegacy, "%s is of an old form under a new name", name)
	case kind == Excel || kind == Word:
		fits = zipped
	case kind == PDF:
		fits = bytes.Contains(data[:min(len(data), pdfHead)], []byte(pdfMagic))
	default:
		fits = !ole && !zipped && !bytes.HasPrefix(data, []byte(pdfMagic)) && !binary(data)
	}
	if !fits {
		return "", need.Errorf(need.Invalid, CodeContent, "the content of %s is not what its name says", name)
	}
	return kind, nil
}

// utf16le is an ASCII text as names in OLE files are written.
func utf16le(s string) []byte {
	out := make([]byte, 0, 2*len(s))
	for i := range len(s) {
		out = append(out, s[i], 0)
	}
	return out
}
