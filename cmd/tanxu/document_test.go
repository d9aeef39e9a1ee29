package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"

	"tanxu/need"
	"tanxu/need/record"
)

// TestMain lets the test binary be the process that reads a file, as the real
// one is.
func TestMain(m *testing.M) {
	if len(os.Args) == 2 && os.Args[1] == parseDocument {
		main()
		return
	}
	os.Exit(m.Run())
}

// run runs a command on a file of this content.
func run(t *testing.T, name string, content []byte, args ...string) (out, said string, err error) {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	root := newRoot()
	var o, s bytes.Buffer
	root.SetOut(&o)
	root.SetErr(&s)
	root.SetArgs(append([]string{"extract", "--llm", "off", "--in", path}, args...))
	err = root.ExecuteContext(t.Context())
	return o.String(), s.String(), err
}

func records(t *testing.T, out string) []record.Record {
	t.Helper()
	var list []record.Record
	for line := range strings.Lines(out) {
		var r record.Record
		if err := json.Unmarshal([]byte(line), &r); err != nil {
			t.Fatalf("%q: %v", line, err)
		}
		list = append(list, r)
	}
	return list
}

// listFile is a list as Excel on a Chinese Windows saves it.
func listFile(t *testing.T) []byte {
	t.Helper()
	data, err := simplifiedchinese.GB18030.NewEncoder().Bytes([]byte(
		"序号,企业名称,需求名称,主要问题,技术指标,预算（万元）,备用金\n1,华铜公司,铜带氧化,存放3个月后发红,氧化面积不超过1%,30,5\n2,果园公司,脐橙保鲜,腐烂率高,腐烂率≤5%,面议,6\n合计,,,,,30,\n"))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func TestExtractReadsDocuments(t *testing.T) {
	t.Parallel()

	out, said, err := run(t, "需求.csv", listFile(t))
	if err != nil {
		t.Fatal(err)
	}
	got := records(t, out)
	if len(got) != 2 || got[0].ID != "需求.csv#row=2" || got[0].Org != "华铜公司" || got[1].Title != "脐橙保鲜" {
		t.Fatalf("records: %s", out)
	}
	if e := got[0].Fields[need.KeyProblem].Evidence; len(e) != 1 || e[0].Ref != "document:需求.csv#cell=D2" || e[0].Quote != "存放3个月后发红" {
		t.Errorf("evidence: %+v", e)
	}
	for _, want := range []string{"需求.csv row=4: no need: total", "需求.csv cell=F3: unread: 面议"} {
		if !strings.Contains(said, want) {
			t.Errorf("said %q, want %q in it", said, want)
		}
	}
}

func TestExtractShowsAndTakesMappings(t *testing.T) {
	t.Parallel()

	corrected := filepath.Join(t.TempDir(), "columns.json")
	write := func(s string) {
		if err := os.WriteFile(corrected, []byte(s), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write(`{"备用金":"budget_to_partner"}`)
	out, _, err := run(t, "需求.csv", listFile(t), "--mapping", corrected)
	if err != nil {
		t.Fatal(err)
	}
	if f := records(t, out)[0].Fields[need.KeyBudgetToPartner]; f.Status != need.Filled {
		t.Errorf("the corrected column: %+v", f)
	}
	shown, _, err := run(t, "需求.csv", listFile(t), "--mapping", corrected, "--show-mapping")
	if err != nil || !strings.Contains(shown, `"reason": "person"`) || strings.Contains(shown, "tanxu.need/1") {
		t.Errorf("shown: %v, %s", err, shown)
	}
	write(`{"备用金":"money"}`)
	if _, _, err := run(t, "需求.csv", listFile(t), "--mapping", corrected); need.CodeOf(err) != "mapping_target" {
		t.Errorf("a target that does not exist: %v", err)
	}
}

// A text keeps the refs that it has always had; labels make a form of it.
func TestExtractReadsTextFiles(t *testing.T) {
	t.Parallel()

	out, _, err := run(t, "a.txt", []byte("\xEF\xBB\xBF目前铜带导电率只有76%IACS，希望提高到80%IACS以上。"))
	if err != nil {
		t.Fatal(err)
	}
	if rows := records(t, out)[0].Indicators; len(rows) != 1 || rows[0].Evidence[0].Ref != "text" {
		t.Errorf("rows of a text: %+v", rows)
	}
	out, _, err = run(t, "a.txt", []byte("需求名称：铜带\n单位名称：华铜公司\n主要问题：发红"))
	if err != nil {
		t.Fatal(err)
	}
	if r := records(t, out)[0]; r.Title != "铜带" || r.Org != "华铜公司" {
		t.Errorf("a form: %+v", r)
	}
}

func TestExtractRefusesFiles(t *testing.T) {
	t.Parallel()

	for name, want := range map[string]string{"a.exe": "document_type", "a.xlsx": "document_content", "a.xls": "document_legacy"} {
		if out, _, err := run(t, name, []byte("MZ program")); need.CodeOf(err) != want || out != "" {
			t.Errorf("%s: %v, %q; want %s", name, err, out, want)
		}
	}
}
