package need

import (
	"bytes"
	"path"
	"strings"
	"unicode"
)

// MaxText is the longest text of one message, in characters: longer ones are
// papers, and are sent as files.
const MaxText = 20_000

// MaxFile is the size of the largest file that is taken in.
const MaxFile = 20 << 20

// longestFileName is in runes, the extension aside.
const longestFileName = 100

// FileName returns the last part of a name as a sender gave it, cut to what a
// person can read; the extension stays.
func FileName(given string) string {
	given = strings.ToValidUTF8(path.Base(strings.ReplaceAll(given, `\`, "/")), "")
	given = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) {
			return -1
		}
		return r
	}, given)
	ext := path.Ext(given)
	if stem := []rune(strings.TrimSuffix(given, ext)); len(stem) > longestFileName {
		given = string(stem[:longestFileName]) + "…" + ext
	}
	return given
}

// CheckFile returns nil if a file can be one that is read: its name says so,
// and its first bytes do not speak against it. Errors are Invalid, with the
// codes of package document, which looks closer.
func CheckFile(name string, head []byte) error {
	magic, text := "", false
	switch ext := strings.ToLower(path.Ext(strings.TrimSpace(name))); ext {
	case ".xlsx", ".xlsm", ".docx", ".docm":
		magic = "PK\x03\x04"
		if bytes.HasPrefix(head, []byte("\xD0\xCF\x11\xE0")) {
			return nil // encrypted, or of an old form: its reader tells which
		}
	case ".pdf":
		magic = "%PDF-"
	case ".csv", ".tsv", ".txt":
		text = true
	case ".json", ".jsonl":
		return Errorf(Invalid, "document_records", "a file of records of a library")
	case ".xls", ".doc", ".et", ".wps":
		return Errorf(Invalid, "document_legacy", "a file of the old form %s", ext)
	default:
		return Errorf(Invalid, "document_type", "a file of the kind %.20q is not read", ext)
	}
	switch {
	case len(head) == 0:
		return Errorf(Invalid, "document_empty", "an empty file")
	case magic != "" && !bytes.Contains(head, []byte(magic)),
		text && bytes.IndexByte(head, 0) >= 0 && !bytes.HasPrefix(head, []byte("\xff\xfe")) && !bytes.HasPrefix(head, []byte("\xfe\xff")):
		return Errorf(Invalid, "document_content", "the content is not what its name says")
	}
	return nil
}

// CheckFile is CheckFile for a file that goes into a library, or ("") to needs:
// records of a library come as JSON too.
func (l Library) CheckFile(name string, head []byte) error {
	switch ext := strings.ToLower(path.Ext(strings.TrimSpace(name))); {
	case l != "" && (ext == ".json" || ext == ".jsonl"):
		return CheckFile(strings.TrimSuffix(name, path.Ext(name))+".txt", head)
	case l != "" && ext == ".pdf":
		return Errorf(Invalid, "document_type", "records of a library are not read from %s", ext)
	default:
		return CheckFile(name, head)
	}
}
