package need_test

import (
	"strings"
	"testing"

	"tanxu/need"
)

func TestFileName(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("铜", 100)
	for name, tt := range map[string]struct{ given, want string }{
		"a plain name":             {"需求表.xlsx", "需求表.xlsx"},
		"a path of Windows":        {`C:\文档\需求表.pdf`, "需求表.pdf"},
		"a path that climbs":       {"../../etc/需求.csv", "需求.csv"},
		"characters nobody sees":   {"需\u202e求\u200b表\x00.txt", "需求表.txt"},
		"broken UTF-8":             {"需求\xff.txt", "需求.txt"},
		"as long as can be":        {long + ".docx", long + ".docx"},
		"longer keeps its kind":    {long + "带.docx", long + "….docx"},
		"no extension, and longer": {long + "带", long + "…"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := need.FileName(tt.given); got != tt.want {
				t.Errorf("FileName(%q) = %q, want %q", tt.given, got, tt.want)
			}
		})
	}
}

func TestCheckFile(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct{ name, head, code string }{
		"a spreadsheet":                  {"需求.XLSX", "PK\x03\x04", ""},
		"a list in UTF-16":               {"需求.csv", "\xff\xfe\x00\x97", ""},
		"an encrypted spreadsheet":       {"需求.xlsx", "\xD0\xCF\x11\xE0", ""},
		"a document behind a few bytes":  {"需求.pdf", "\n%PDF-1.7", ""},
		"an old form":                    {"需求.doc", "\xD0\xCF\x11\xE0", "document_legacy"},
		"a program":                      {"需求.exe", "MZ", "document_type"},
		"no extension":                   {"需求", "铜", "document_type"},
		"nothing inside":                 {"需求.txt", "", "document_empty"},
		"a text that calls itself Excel": {"需求.xlsx", "你好", "document_content"},
		"zero bytes in a text":           {"需求.txt", "a\x00b", "document_content"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			err := need.CheckFile(tt.name, []byte(tt.head))
			if (err != nil) != (tt.code != "") || err != nil && (need.CodeOf(err) != tt.code || need.KindOf(err) != need.Invalid) {
				t.Errorf("CheckFile(%q) = %v, want code %q", tt.name, err, tt.code)
			}
		})
	}
}
