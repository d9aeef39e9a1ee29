package document_test

import (
	"context"
	"strings"
	"testing"

	"tanxu/document"
	"tanxu/need"
)

// tame reads a file that may be anything: what comes back is a document whose
// drafts rest on its words, or an error of the file.
func tame(t *testing.T, name string, data []byte) {
	t.Helper()
	o := document.Options{MaxRows: 200, MaxCells: 2_000, MaxText: 64 << 10, MaxUnzip: 8 << 20}
	doc, err := document.Read(context.Background(), name, data, o)
	if err != nil {
		if need.KindOf(err) != need.Invalid || !strings.HasPrefix(need.CodeOf(err), "document_") {
			t.Errorf("Read = %v, kind %d, code %s", err, need.KindOf(err), need.CodeOf(err))
		}
		return
	}
	draftsOf(t, doc, document.Guess(doc))
}

func FuzzReadCSV(f *testing.F) {
	f.Add([]byte("需求名称,主要问题,预算\n高导铜,\"导电率上不去,\n退火就软\",50万\n"))
	f.Add(gb(f, "需求名称;技术指标\n高导铜;导电率≥80%IACS\n;抗拉强度≥500MPa\n合计;\n"))
	f.Add([]byte("sep=|\r\n\"a|\"\"b\"|c\r\n"))
	f.Add([]byte("\xEF\xBB\xBF\"\n\"\"\",\r\r\n\x00"))
	f.Add(utf16le("序号\t技术需求\n1\t导电率不稳定\n"))
	f.Fuzz(func(t *testing.T, data []byte) { tame(t, "a.csv", data) })
}

func FuzzReadText(f *testing.F) {
	f.Add([]byte("一、需求名称：高导铜\n二、主要问题\n退火后软化。\n三、技术指标：\n导电率≥80%IACS\n四、预算：100万元"))
	f.Add([]byte("关于铜带的需求\n\n导电率上不去，希望达到80%IACS以上。"))
	f.Add([]byte("：\n名称：\n：："))
	f.Fuzz(func(t *testing.T, data []byte) { tame(t, "a.txt", data) })
}

func FuzzReadWord(f *testing.F) {
	f.Add(para("需求") + grid([]string{"需求名称", "铜带"}, []string{"主要问题：发红", "预算：50万元"}))
	f.Add(`<w:tbl><w:tr><w:tc><w:tcPr><w:vMerge w:val="restart"/><w:gridSpan w:val="3"/></w:tcPr><w:p/></w:tc></w:tr><w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr></w:tc></w:tr></w:tbl>`)
	f.Add(`<w:p><w:r><w:sym w:char="F052"/><w:t>合作研发</w:t></w:r></w:p><w:sdt><w:p>`)
	f.Fuzz(func(t *testing.T, body string) { tame(t, "a.docx", word(t, body)) })
}

func FuzzReadWordFile(f *testing.F) {
	f.Add(word(f, para("导电率上不去")))
	f.Add([]byte("PK\x03\x04"))
	f.Fuzz(func(t *testing.T, data []byte) { tame(t, "a.docx", data) })
}

func FuzzReadExcel(f *testing.F) {
	sheet := `<worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>需求名称</t></is></c><c r="B1" t="inlineStr"><is><t>主要问题</t></is></c></row><row r="3"><c r="A3"><v>5</v></c><c r="B3" t="str"><f>1+1</f><v>2</v></c></row></sheetData><mergeCells><mergeCell ref="A3:A9"/></mergeCells></worksheet>`
	f.Add(sheet)
	f.Add(`<worksheet><sheetData><row r="1048577"><c r="XFE1" s="99999999" t="s"><v>7</v></c></row></sheetData></worksheet>`)
	f.Add(`<worksheet><mergeCell ref="B2:A1"/><mergeCell ref=":"/><sheetData><row r="-1"><c r=""/></row>`)
	f.Fuzz(func(t *testing.T, sheet string) { tame(t, "a.xlsx", bareBook(t, sheet)) })
}

func FuzzReadExcelFile(f *testing.F) {
	f.Add(workbook(f, nil, []any{"需求名称", "主要问题"}, []any{"铜带氧化", "发红"}))
	f.Add([]byte("PK\x03\x04"))
	f.Fuzz(func(t *testing.T, data []byte) { tame(t, "a.xlsx", data) })
}

// bareBook is a workbook whose only sheet is this XML.
func bareBook(t testing.TB, sheet string) []byte {
	t.Helper()
	const ns = `xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"`
	return archive(
		t, "_rels/.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
		"[Content_Types].xml", `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>`,
		"xl/workbook.xml", `<workbook `+ns+`><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
		"xl/worksheets/sheet1.xml", sheet,
	)
}

// FuzzReceive: a reading process that was taken over may say anything.
func FuzzReceive(f *testing.F) {
	f.Add([]byte(`{"kind":"csv"}` + "\n" + `{"table":{"name":"a","place":"sheet=a"}}` + "\n" + `{"row":{"n":1,"cells":[{"c":0,"t":"需求名称"}]}}` + "\n" + `{"end":true}`))
	f.Add([]byte(`{"row":{"n":-5,"cells":[{"c":-1,"t":"x","rows":-3,"cols":-9}]}}` + "\n" + `{"table":{}}{"row":{"cells":[{"c":9,"t":"x"},{"c":2,"t":"y"}]}}{"end":true}`))
	f.Add([]byte(`{"error":{"kind":1,"code":"document_empty","text":"x"}}`))
	f.Fuzz(func(t *testing.T, said []byte) {
		doc, err := document.Receive(said)
		if err == nil {
			draftsOf(t, doc, document.Guess(doc))
		}
	})
}
