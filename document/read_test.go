package document_test

import (
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"tanxu/document"
	"tanxu/need"
)

func TestReadRefuses(t *testing.T) {
	t.Parallel()

	ole := append([]byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), make([]byte, 1024)...)
	locked := append(bytes.Clone(ole), []byte("E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00P\x00a\x00c\x00k\x00a\x00g\x00e\x00")...)
	book := workbook(t, nil, []any{"技术需求名称", "主要问题"}, []any{"高导铜合金", "导电率上不去"})
	text := word(t, para("导电率上不去"))
	var sheets []string
	for i := range 10_000 {
		sheets = append(sheets, fmt.Sprintf("xl/worksheets/sheet%d.xml", i+1), "<worksheet/>")
	}
	lines := []string{"名称,问题"}
	for i := range 30 {
		lines = append(lines, fmt.Sprintf("需求%d,问题%d", i, i))
	}
	tests := map[string]struct {
		name string
		data []byte
		o    document.Options
		code string
	}{
		"a program":                           {"a.exe", []byte("MZ"), document.Options{}, document.CodeType},
		"no extension":                        {"需求", []byte("x"), document.Options{}, document.CodeType},
		"an old workbook":                     {"需求.xls", ole, document.Options{}, document.CodeLegacy},
		"an old workbook under a new name":    {"需求.xlsx", ole, document.Options{}, document.CodeLegacy},
		"an empty file":                       {"需求.csv", nil, document.Options{}, document.CodeEmpty},
		"white space only":                    {"需求.txt", []byte(" \r\n\t\u3000\n"), document.Options{}, document.CodeEmpty},
		"separators only":                     {"需求.csv", []byte(",,,\n,,,\n"), document.Options{}, document.CodeEmpty},
		"an empty workbook":                   {"需求.xlsx", workbook(t, nil), document.Options{}, document.CodeEmpty},
		"an empty text document":              {"需求.docx", word(t, "<w:p/>"), document.Options{}, document.CodeEmpty},
		"a text document of pictures":         {"需求.docx", word(t, "<w:p><w:r><w:drawing/></w:r></w:p>"), document.Options{}, document.CodeScanned},
		"a workbook with a password":          {"需求.xlsx", locked, document.Options{}, document.CodeEncrypted},
		"a text document with a password":     {"需求.docx", locked, document.Options{}, document.CodeEncrypted},
		"a workbook that was really locked":   {"需求.xlsx", lockedBook(t), document.Options{}, document.CodeEncrypted},
		"an archive with a password":          {"需求.docx", encrypted(archive(t, "word/document.xml", "x")), document.Options{}, document.CodeEncrypted},
		"a workbook cut in half":              {"需求.xlsx", book[:len(book)/2], document.Options{}, document.CodeCorrupt},
		"a workbook with broken bytes":        {"需求.xlsx", broken(book), document.Options{}, document.CodeCorrupt},
		"a text document with broken XML":     {"需求.docx", archive(t, "word/document.xml", wordHead+"<w:p><w:r>"), document.Options{}, document.CodeCorrupt},
		"a text document that nests too deep": {"需求.docx", word(t, strings.Repeat("<w:sdt>", 5000)+strings.Repeat("</w:sdt>", 5000)), document.Options{}, document.CodeCorrupt},
		"entities of XML":                     {"需求.docx", archive(t, "word/document.xml", `<!DOCTYPE x [<!ENTITY a "aaaa">]>`+wordHead+"</w:body></w:document>"), document.Options{}, document.CodeCorrupt},
		"an archive of anything":              {"需求.xlsx", archive(t, "a.txt", "x"), document.Options{}, document.CodeCorrupt},
		"a text document named workbook":      {"需求.xlsx", text, document.Options{}, document.CodeContent},
		"a workbook named text document":      {"需求.docx", book, document.Options{}, document.CodeContent},
		"a workbook named CSV":                {"需求.csv", book, document.Options{}, document.CodeContent},
		"a picture named text":                {"需求.txt", []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"), document.Options{}, document.CodeContent},
		"a text named PDF":                    {"需求.pdf", []byte("导电率上不去"), document.Options{}, document.CodeContent},
		"a PDF cut off":                       {"需求.pdf", []byte("%PDF-1.5\n1 0 obj\n"), document.Options{}, document.CodeCorrupt},
		"a scanned PDF":                       {"需求.pdf", pdfFile(nil, nil), document.Options{}, document.CodeScanned},
		"a PDF with a password":               {"需求.pdf", lockedPDF(), document.Options{}, document.CodeEncrypted},
		"more bytes than allowed":             {"需求.txt", []byte("导电率上不去"), document.Options{MaxBytes: 4}, document.CodeSize},
		"10,000 sheets":                       {"需求.xlsx", archive(t, append(sheets, "xl/workbook.xml", "<workbook/>")...), document.Options{}, document.CodeEntries},
		"a bomb":                              {"需求.docx", archive(t, "word/document.xml", wordHead+strings.Repeat(" ", 8<<20)), document.Options{}, document.CodeBomb},
		"more unzipped than allowed":          {"需求.docx", text, document.Options{MaxUnzip: 100}, document.CodeBomb},
		"a size that lies":                    {"需求.docx", lying(text), document.Options{}, document.CodeCorrupt},
		"more rows than allowed":              {"需求.csv", []byte(strings.Join(lines, "\n")), document.Options{MaxRows: 30}, document.CodeRows},
		"more cells than allowed":             {"需求.csv", []byte(strings.Join(lines, "\n")), document.Options{MaxCells: 50}, document.CodeCells},
		"more text than allowed":              {"需求.csv", []byte(strings.Join(lines, "\n")), document.Options{MaxText: 100}, document.CodeText},
		"more pages than allowed":             {"需求.pdf", pdfFile([]string{"一"}, []string{"二"}, []string{"三"}), document.Options{MaxPages: 2}, document.CodePages},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			doc, err := document.Read(context.Background(), tt.name, tt.data, tt.o)
			if need.KindOf(err) != need.Invalid || need.CodeOf(err) != tt.code {
				t.Errorf("Read = %+v, %v (code %s); want %s", doc, err, need.CodeOf(err), tt.code)
			}
		})
	}
}

// lockedBook is a workbook behind a password.
func lockedBook(t *testing.T) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	must(t, f.SetCellValue("Sheet1", "A1", "需求"))
	var out bytes.Buffer
	must(t, f.Write(&out, excelize.Options{Password: "秘密"}))
	return out.Bytes()
}

// encrypted sets the mark of a password in all headers of a zip file.
func encrypted(zip []byte) []byte {
	for _, h := range []struct {
		mark string
		at   int
	}{{"PK\x03\x04", 6}, {"PK\x01\x02", 8}} {
		if i := bytes.Index(zip, []byte(h.mark)); i >= 0 {
			zip[i+h.at] |= 1
		}
	}
	return zip
}

// broken spoils the data of a zip file and leaves its directory alone.
func broken(zip []byte) []byte {
	out := bytes.Clone(zip)
	end := bytes.Index(out, []byte("PK\x01\x02"))
	for i := 60; i < end; i += 37 {
		out[i] ^= 0x5A
	}
	return out
}

// lying lowers the unzipped sizes in the directory of a zip file.
func lying(zip []byte) []byte {
	out := bytes.Clone(zip)
	for i := 0; ; {
		next := bytes.Index(out[i:], []byte("PK\x01\x02"))
		if next < 0 {
			return out
		}
		i += next
		binary.LittleEndian.PutUint32(out[i+24:], 5)
		i += 4
	}
}

func TestReadSpreadsheet(t *testing.T) {
	t.Parallel()

	data := workbook(t, func(f *excelize.File) {
		date, err := f.NewStyle(&excelize.Style{NumFmt: 14})
		must(t, err)
		percent, err := f.NewStyle(&excelize.Style{NumFmt: 9})
		must(t, err)
		must(t,
			f.SetCellStyle("Sheet1", "C2", "C2", date), f.SetCellStyle("Sheet1", "D2", "D2", percent),
			f.SetCellFormula("Sheet1", "E2", "30+20"), f.MergeCell("Sheet1", "A2", "A4"),
			f.SetRowVisible("Sheet1", 3, false),
		)
		_, err = f.NewSheet("代码&表")
		must(t, err, f.SetCellValue("代码&表", "B2", "合作研发"), f.SetSheetVisible("代码&表", false))
	}, []any{"名称", "问题", "时限", "比例", "预算"}, []any{"高导铜", " 第一行\r\n第二行 ", 46568, 0.85, nil}, []any{nil, "藏着的"})

	doc, err := document.Read(context.Background(), "需求.xlsx", data, document.Options{})
	if err != nil {
		t.Fatal(err)
	}
	sheet := doc.Tables[0]
	want := []document.Cell{
		{Col: 0, Text: "高导铜", Rows: 3, Cols: 1}, {Col: 1, Text: "第一行\n第二行"}, {Col: 2, Text: "2027-06-30"}, {Col: 3, Text: "85%"},
	}
	if got := fmt.Sprint(sheet.Rows[1].Cells); got != fmt.Sprint(want) {
		t.Errorf("row 2 = %s, want %v", got, want)
	}
	if !sheet.Rows[2].Hidden || sheet.Rows[2].Number != 3 {
		t.Errorf("row 3 = %+v, want it hidden", sheet.Rows[2])
	}
	if hidden := doc.Tables[1]; !hidden.Hidden || hidden.CellPlace(2, 1) != "sheet=代码%26表&cell=B2" {
		t.Errorf("hidden sheet = %+v", hidden)
	}
	for _, n := range []document.Note{{document.HiddenSheet, "sheet=代码%26表"}, {document.HiddenRows, "sheet=Sheet1"}} {
		if !strings.Contains(fmt.Sprint(doc.Notes), fmt.Sprint(n)) {
			t.Errorf("notes = %v, want %v", doc.Notes, n)
		}
	}
}

// Formulas count by the value that was saved with them, and are never
// calculated; macros are never run.
func TestReadFormulasAndMacros(t *testing.T) {
	t.Parallel()

	sheet := `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="2"><c r="B2"><f>30+20</f><v>50</v></c><c r="C2"><f>WEBSERVICE("x")</f></c><c r="D2" t="str"><f>"a"</f><v>=cmd|' /C calc'!A0</v></c></row></sheetData></worksheet>`
	doc, err := document.Read(context.Background(), "需求.xlsx", bareBook(t, sheet), document.Options{})
	if err != nil {
		t.Fatal(err)
	}
	want := []document.Row{{Number: 2, Cells: []document.Cell{{Col: 1, Text: "50"}, {Col: 3, Text: "=cmd|' /C calc'!A0"}}}}
	if got := doc.Tables[0].Rows; fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("rows = %+v, want %+v", got, want)
	}
	macros := workbook(t, func(f *excelize.File) {
		must(t, f.AddVBAProject(append([]byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), 0)))
	}, []any{"需求"})
	doc, err = document.Read(context.Background(), "需求.xlsm", macros, document.Options{})
	if err != nil || len(doc.Notes) != 1 || doc.Notes[0].Code != document.MacrosIgnored {
		t.Errorf("macros: %+v, %v", doc, err)
	}
}

func TestReadCSV(t *testing.T) {
	t.Parallel()

	plain := "名称,问题\n高导铜,\"导电率上不去,\n退火就软\"\n\"抗\"\"软化\"\"\",不行\n"
	tests := map[string]struct {
		data []byte
		want string
	}{
		"UTF-8":                     {[]byte(plain), "导电率上不去,\n退火就软"},
		"UTF-8 with a mark":         {[]byte("\xEF\xBB\xBF" + plain), "导电率上不去,\n退火就软"},
		"GB18030":                   {gb(t, plain), "导电率上不去,\n退火就软"},
		"GB18030 with a false mark": {append([]byte("\xEF\xBB\xBF"), gb(t, plain)...), "导电率上不去,\n退火就软"},
		"a character beyond GBK":    {gb(t, "名称,问题\n高导铜,㐱长𠮷℃\n"), "㐱长𠮷℃"},
		"UTF-16 of Excel":           {utf16le("名称\t问题\n高导铜\t导电率上不去\n"), "导电率上不去"},
		"semicolons":                {[]byte("名称;问题\n高导铜;导电率,上不去\n"), "导电率,上不去"},
		"tabs":                      {[]byte("名称\t问题\n高导铜\t导电率,上不去\n"), "导电率,上不去"},
		"a separator that is said":  {[]byte("sep=|\r\n名称|问题\r\n高导铜|上不去;不行\r\n"), "上不去;不行"},
		"a quote inside a field":    {[]byte("名称,问题\n高导铜,直径 3\" 的管子\n铜带,好\n"), "直径 3\" 的管子"},
		"carriage returns":          {[]byte("名称,问题\r\n高导铜,\"第一行\r\n第二行\"\r\n"), "第一行\n第二行"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			doc, err := document.Read(context.Background(), "需求.csv", tt.data, document.Options{})
			if err != nil {
				t.Fatal(err)
			}
			row := doc.Tables[0].Rows[1]
			if len(row.Cells) != 2 || row.Cells[0].Text != "高导铜" || row.Cells[1].Text != tt.want {
				t.Errorf("row 2 = %+v, want 高导铜 and %q", row, tt.want)
			}
			if place := doc.Tables[0].CellPlace(row.Number, 1); place != "cell=B2" {
				t.Errorf("place = %s", place)
			}
		})
	}
}

// A quote that nobody closes must not swallow the lines below it.
func TestReadCSVWithAForgottenQuote(t *testing.T) {
	t.Parallel()

	lines := []string{"名称,问题,预算", "高导铜,\"导电率上不去,50"}
	for i := range 300 {
		lines = append(lines, fmt.Sprintf("需求%d,问题%d,%d", i, i, i))
	}
	doc, err := document.Read(context.Background(), "需求.csv", []byte(strings.Join(lines, "\n")), document.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if n := len(doc.Tables[0].Rows); n != 302 {
		t.Errorf("%d rows, want 302", n)
	}
}

// utf16le is a text as Excel saves it as "Unicode text".
func utf16le(text string) []byte {
	out := []byte{0xFF, 0xFE}
	for _, r := range text {
		out = binary.LittleEndian.AppendUint16(out, uint16(r))
	}
	return out
}

func TestReadText(t *testing.T) {
	t.Parallel()

	for name, data := range map[string][]byte{
		"UTF-8": []byte("\xEF\xBB\xBF导电率上不去\r\n退火就软"), "GB18030": gb(t, "导电率上不去\n退火就软"),
	} {
		doc, err := document.Read(context.Background(), "需求.TXT", data, document.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if b := doc.Blocks[0]; b.Text != "导电率上不去\n退火就软" || b.Place != "text" {
			t.Errorf("%s: %+v", name, b)
		}
	}
	doc, err := document.Read(context.Background(), "需求.txt", []byte("导电率上不去，退火就软，抗拉强度也不够，客户退了两批货\xE5"), document.Options{})
	if err != nil || len(doc.Notes) != 1 || doc.Notes[0].Code != document.OddCharacters {
		t.Errorf("a broken end: %+v, %v", doc, err)
	}
}

func TestReadWord(t *testing.T) {
	t.Parallel()

	body := `<w:p><w:pPr><w:pStyle w:val="1"/></w:pPr><w:r><w:t>技术需求</w:t></w:r></w:p>` +
		`<w:p/>` +
		`<w:p><w:r><w:t>导电率</w:t></w:r><w:del><w:r><w:delText>七十</w:delText></w:r></w:del><w:ins><w:r><w:t>上不去</w:t></w:r></w:ins></w:p>` +
		`<w:p><w:r><mc:AlternateContent><mc:Choice><w:txbxContent><w:p><w:r><w:t>文本框</w:t></w:r></w:p></w:txbxContent></mc:Choice><mc:Fallback><w:t>文本框</w:t></mc:Fallback></mc:AlternateContent></w:r></w:p>` +
		`<w:tbl><w:tr><w:tc><w:tcPr><w:vMerge w:val="restart"/></w:tcPr>` + para("需求") + `</w:tc><w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr>` + para("高导铜") + para("带材") + `</w:tc></w:tr>` +
		`<w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc><w:tc><w:p><w:r><w:sym w:font="Wingdings 2" w:char="F052"/><w:t>合作研发</w:t></w:r></w:p></w:tc><w:tc>` + grid([]string{"内", "表"}) + para("尾") + `</w:tc></w:tr></w:tbl>`
	doc, err := document.Read(context.Background(), "需求.docx", word(t, body), document.Options{})
	if err != nil {
		t.Fatal(err)
	}
	wantBlocks := []document.Block{{Place: "p=1", Text: "技术需求", Head: true}, {Place: "p=2", Text: "导电率上不去"}, {Place: "p=3", Text: "文本框"}}
	if fmt.Sprint(doc.Blocks) != fmt.Sprint(wantBlocks) {
		t.Errorf("blocks = %+v, want %+v", doc.Blocks, wantBlocks)
	}
	table := doc.Tables[0]
	want := []document.Row{
		{Number: 1, Cells: []document.Cell{{Col: 0, Text: "需求", Rows: 2, Cols: 1}, {Col: 1, Text: "高导铜\n带材", Rows: 1, Cols: 2}}},
		{Number: 2, Cells: []document.Cell{{Col: 1, Text: "☑合作研发", Rows: 1, Cols: 1}, {Col: 2, Text: "内\n表\n尾", Rows: 1, Cols: 1}}},
	}
	if fmt.Sprint(table.Rows) != fmt.Sprint(want) || table.After != 3 || table.CellPlace(2, 1) != "table=1&cell=B2" {
		t.Errorf("table = %+v, want rows %+v", table, want)
	}
}

func TestReadPDF(t *testing.T) {
	t.Parallel()

	data := pdfFile([]string{"一、技术需求名称：高导铜合金带材", "目前产品的导电率只有76%IACS，客户要求不低于80%IACS，目前我们采用的工艺在", "退火之后强度下降明显。"}, nil, []string{"预算：50万元"})
	doc, err := document.Read(context.Background(), "需求.pdf", data, document.Options{})
	if err != nil {
		t.Fatal(err)
	}
	want := []document.Block{
		{Place: "page=1", Text: "一、技术需求名称：高导铜合金带材\n目前产品的导电率只有76%IACS，客户要求不低于80%IACS，目前我们采用的工艺在退火之后强度下降明显。"},
		{Place: "page=3", Text: "预算：50万元"},
	}
	if fmt.Sprint(doc.Blocks) != fmt.Sprint(want) || len(doc.Notes) != 1 || doc.Notes[0] != (document.Note{Code: document.PageUnread, Place: "page=2"}) {
		t.Errorf("blocks = %+v, notes %v; want %+v", doc.Blocks, doc.Notes, want)
	}
}

func TestReadStopsWhenAsked(t *testing.T) {
	t.Parallel()

	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	for name, data := range map[string][]byte{
		"需求.csv": []byte("a,b\n"), "需求.docx": word(t, para("导电率")), "需求.xlsx": workbook(t, nil, []any{"导电率"}),
	} {
		if _, err := document.Read(ctx, name, data, document.Options{}); err == nil {
			t.Errorf("%s was read", name)
		}
	}
}
