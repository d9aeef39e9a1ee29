package document_test

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf16"
)

// pdfFile writes a PDF file whose pages hold these lines. The font is not
// embedded; a ToUnicode map tells which characters its glyphs stand for, as in
// files that office programs write.
func pdfFile(pages ...[]string) []byte {
	var out bytes.Buffer
	var offsets []int
	object := func(format string, args ...any) {
		offsets = append(offsets, out.Len())
		fmt.Fprintf(&out, "%d 0 obj\n", len(offsets))
		fmt.Fprintf(&out, format, args...)
		out.WriteString("\nendobj\n")
	}
	stream := func(data string) { object("<< /Length %d >>\nstream\n%s\nendstream", len(data), data) }
	out.WriteString("%PDF-1.5\n")
	var kids []string
	for i := range pages {
		kids = append(kids, fmt.Sprintf("%d 0 R", 7+2*i))
	}
	object("<< /Type /Catalog /Pages 2 0 R >>")
	object("<< /Type /Pages /Kids [%s] /Count %d >>", strings.Join(kids, " "), len(pages))
	object("<< /Type /Font /Subtype /Type0 /BaseFont /SimSun /Encoding /Identity-H /DescendantFonts [4 0 R] /ToUnicode 6 0 R >>")
	object("<< /Type /Font /Subtype /CIDFontType2 /BaseFont /SimSun /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /FontDescriptor 5 0 R /DW 1000 >>")
	object("<< /Type /FontDescriptor /FontName /SimSun /Flags 4 /FontBBox [0 -200 1000 900] /ItalicAngle 0 /Ascent 800 /Descent -200 /CapHeight 700 /StemV 80 >>")
	stream("/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n/CMapName /Adobe-Identity-UCS def /CMapType 2 def\n" +
		"1 begincodespacerange <0000> <FFFF> endcodespacerange\n1 beginbfrange <0000> <FFFF> <0000> endbfrange\nendcmap end end")
	for i, lines := range pages {
		object("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents %d 0 R >>", 8+2*i)
		var text strings.Builder
		for n, line := range lines {
			fmt.Fprintf(&text, "BT /F1 12 Tf 40 %d Td <", 800-20*n)
			for _, unit := range utf16.Encode([]rune(line)) {
				fmt.Fprintf(&text, "%04X", unit)
			}
			text.WriteString("> Tj ET\n")
		}
		stream(text.String())
	}
	xref := out.Len()
	fmt.Fprintf(&out, "xref\n0 %d\n0000000000 65535 f \n", len(offsets)+1)
	for _, offset := range offsets {
		fmt.Fprintf(&out, "%010d 00000 n \n", offset)
	}
	fmt.Fprintf(&out, "trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n", len(offsets)+1, xref)
	return out.Bytes()
}

// lockedPDF is a PDF file whose keys fit no password that anybody knows.
func lockedPDF() []byte {
	key := strings.Repeat("3F", 32)
	lock := "/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <" + key + "> /U <" + key + "> >> /ID [<00> <00>] /Root"
	return bytes.Replace(pdfFile([]string{"导电率上不去"}), []byte("/Root"), []byte(lock), 1)
}
