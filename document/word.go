package document

import (
	"archive/zip"
	"context"
	"encoding/xml"
	"errors"
	"io"
	"strconv"
	"strings"
)

// readWord reads the paragraphs and tables of a text document. Deleted words of
// tracked changes, comments, headers and footers are left out.
func readWord(ctx context.Context, b *builder, data []byte) error {
	z, err := unzip(b, data)
	if err != nil {
		return err
	}
	main := part(z, "word/document.xml")
	if main == nil {
		return wrongContent(b, z, "xl/workbook.xml")
	}
	if part(z, "word/vbaProject.bin") != nil {
		b.note(MacrosIgnored, "")
	}
	in, err := opened(main)
	if err != nil {
		return b.corrupt("open the text", err)
	}
	defer in.Close()
	w := wordReader{stop: ctx.Err, b: b, d: xml.NewDecoder(in), heads: headStyles(z)}
	if err := w.body(); err != nil {
		return b.corrupt("read the text", err)
	}
	return nil
}

// headStyles are the ids of the styles of headings.
func headStyles(z *zip.Reader) map[string]bool {
	var styles struct {
		List []struct {
			ID   string `xml:"styleId,attr"`
			Name struct {
				Val string `xml:"val,attr"`
			} `xml:"name"`
		} `xml:"style"`
	}
	out := map[string]bool{}
	if decodePart(z, "word/styles.xml", &styles) != nil {
		return out // a document without styles has no headings
	}
	for _, s := range styles.List {
		name := strings.ToLower(s.Name.Val)
		if strings.HasPrefix(name, "heading") || strings.HasPrefix(name, "标题") || name == "title" {
			out[s.ID] = true
		}
	}
	return out
}

// maxDepth bounds how deep elements may lie in each other.
const maxDepth = 200

var errDepth = errors.New("elements nested too deep")

// wordReader reads word/document.xml in one pass.
type wordReader struct {
	stop       func() error // why to stop reading, nil to go on
	b          *builder
	d          *xml.Decoder
	heads      map[string]bool
	depth      int
	paragraphs int // outside tables, with text
	tables     int
}

// paragraph is a paragraph while it is being read.
type paragraph struct {
	strings.Builder
	head bool
}

// body reads what stands outside tables.
func (w *wordReader) body() error {
	return w.each(func(e xml.StartElement) error {
		switch e.Name.Local {
		case "p":
			return w.topParagraph()
		case "tbl":
			return w.table()
		default:
			return w.enter(e, w.body)
		}
	})
}

// each calls do for the elements up to the end of the current one; do reads an
// element to its end. At the top it reads the whole file.
func (w *wordReader) each(do func(xml.StartElement) error) error {
	for {
		token, err := w.d.Token()
		if errors.Is(err, io.EOF) && w.depth == 0 {
			return nil
		}
		if err != nil {
			return err
		}
		switch t := token.(type) {
		case xml.Directive:
			return errDirective
		case xml.EndElement:
			return nil
		case xml.StartElement:
			if err := do(t); err != nil {
				return err
			}
		}
	}
}

// enter reads an element with read, or passes over one whose text is not, or
// is no longer, part of the document.
func (w *wordReader) enter(e xml.StartElement, read func() error) error {
	switch e.Name.Local {
	case "del", "moveFrom", "Fallback", "instrText", "delText", "rPr", "sectPr", "tblPr", "tblGrid", "trPr", "numPr", "sdtPr":
		return w.d.Skip()
	case "drawing", "pict", "object":
		w.b.note(ImagesIgnored, "")
	}
	if w.depth++; w.depth > maxDepth {
		return errDepth
	}
	defer func() { w.depth-- }()
	return read()
}

func (w *wordReader) topParagraph() error {
	if err := w.stop(); err != nil {
		return err
	}
	var p paragraph
	if err := w.inside(&p); err != nil {
		return err
	}
	if clean(p.String()) == "" {
		return nil
	}
	w.paragraphs++
	return w.b.block(Block{Place: "p=" + strconv.Itoa(w.paragraphs), Text: p.String(), Head: p.head})
}

// inside reads the text of the current element into p.
func (w *wordReader) inside(p *paragraph) error {
	w.depth++
	defer func() { w.depth-- }()
	if w.depth > maxDepth {
		return errDepth
	}
	return w.each(func(e xml.StartElement) error {
		switch e.Name.Local {
		case "t":
			return w.characters(p)
		case "tab":
			p.WriteByte('\t')
		case "br", "cr":
			p.WriteByte('\n')
		case "sym":
			p.WriteString(symbol(attr(e, "char")))
		case "noBreakHyphen":
			p.WriteByte('-')
		case "pStyle":
			p.head = w.heads[attr(e, "val")]
		case "outlineLvl":
			level, err := strconv.Atoi(attr(e, "val"))
			p.head = err == nil && level < 9
		case "p": // of a text box
			p.WriteByte('\n')
		}
		return w.enter(e, func() error { return w.inside(p) })
	})
}

// characters copies the characters of the current element.
func (w *wordReader) characters(p *paragraph) error {
	for {
		token, err := w.d.Token()
		if err != nil {
			return err
		}
		switch t := token.(type) {
		case xml.CharData:
			p.Write(t)
		case xml.EndElement:
			return nil
		case xml.StartElement:
			if err := w.d.Skip(); err != nil {
				return err
			}
		}
	}
}

// symbol is a character of a symbol font, as forms use them for their boxes.
func symbol(code string) string {
	switch strings.ToUpper(code) {
	case "F052", "F0FE", "F0FD", "F053", "F050", "F0FC":
		return "☑"
	case "F0A3", "F0A8", "F06F", "F0A4":
		return "□"
	default:
		return ""
	}
}
