package document

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/xuri/excelize/v2"
)

// readExcel reads the sheets of a workbook, row by row. Formulas count by the
// value that was saved with them; nothing is calculated and no macro is run.
func readExcel(ctx context.Context, b *builder, data []byte) error {
	z, err := unzip(b, data)
	if err != nil {
		return err
	}
	if part(z, "xl/workbook.xml") == nil {
		return wrongContent(b, z, "word/document.xml")
	}
	if part(z, "xl/vbaProject.bin") != nil {
		b.note(MacrosIgnored, "")
	}
	f, err := excelize.OpenReader(bytes.NewReader(data), excelize.Options{
		UnzipSizeLimit: b.o.MaxUnzip, UnzipXMLSizeLimit: min(b.o.MaxUnzip, excelize.StreamChunkSize),
		ShortDatePattern: "yyyy-mm-dd", LongDatePattern: "yyyy-mm-dd", LongTimePattern: "hh:mm:ss",
	})
	if err != nil {
		return b.corrupt("open the workbook", err)
	}
	defer f.Close() //nolint:errcheck // only its own temporary files are left to remove
	parts := sheetParts(z)
	read := 0
	for _, name := range f.GetSheetList() {
		err := readSheet(ctx, b, f, name, parts[name])
		if errors.Is(err, errNoSheet) {
			b.note(SheetUnread, named("sheet", name))
			continue
		}
		if err != nil {
			return err
		}
		read++
	}
	if read == 0 {
		return b.corrupt("find a sheet", errNoSheet)
	}
	return nil
}

// errNoSheet is a sheet without cells of its own, such as one of a chart.
var errNoSheet = errors.New("no sheet with cells")

func readSheet(ctx context.Context, b *builder, f *excelize.File, name string, p *zip.File) error {
	if p == nil {
		return errNoSheet
	}
	merged, err := mergedCells(p)
	if err != nil {
		return b.corrupt("read sheet "+name, err)
	}
	rows, err := f.Rows(name)
	if err != nil {
		return fmt.Errorf("%w: %w", errNoSheet, err)
	}
	defer rows.Close() //nolint:errcheck // read only
	place := named("sheet", name)
	visible, err := f.GetSheetVisible(name)
	if err == nil && !visible {
		b.note(HiddenSheet, place)
	}
	b.table(Table{Name: name, Place: place, Hidden: !visible})
	for number := 1; rows.Next(); number++ {
		if err := ctx.Err(); err != nil {
			return err
		}
		texts, err := rows.Columns()
		if err != nil {
			return b.corrupt(fmt.Sprintf("read row %d of sheet %s", number, name), err)
		}
		if len(texts) == 0 {
			continue // there may be a million of them
		}
		r := Row{Number: number, Hidden: rows.GetRowOpts().Hidden}
		for col, text := range texts {
			if text != "" {
				area := merged[[2]int{number, col}]
				r.Cells = append(r.Cells, Cell{Col: col, Text: text, Rows: area[0], Cols: area[1]})
			}
		}
		if r.Hidden && len(r.Cells) > 0 {
			b.note(HiddenRows, place)
		}
		if err := b.row(r); err != nil {
			return err
		}
	}
	if err := rows.Error(); err != nil {
		return b.corrupt("read sheet "+name, err)
	}
	return nil
}

// sheetParts finds the part of each sheet of a workbook, by its name. Sheets of
// another sort are left out.
func sheetParts(z *zip.Reader) map[string]*zip.File {
	var book struct {
		Sheets []struct {
			Name string `xml:"name,attr"`
			ID   string `xml:"id,attr"`
		} `xml:"sheets>sheet"`
	}
	var rels struct {
		List []struct {
			ID     string `xml:"Id,attr"`
			Target string `xml:"Target,attr"`
		} `xml:"Relationship"`
	}
	out := map[string]*zip.File{}
	if decodePart(z, "xl/workbook.xml", &book) != nil || decodePart(z, "xl/_rels/workbook.xml.rels", &rels) != nil {
		return out
	}
	targets := map[string]string{}
	for _, r := range rels.List {
		targets[r.ID] = partName("xl", r.Target)
	}
	for _, s := range book.Sheets {
		if p := part(z, targets[s.ID]); p != nil && targets[s.ID] != "" {
			out[s.Name] = p
		}
	}
	return out
}

// mergedCells reads how far the merged cells of a sheet reach, in rows and
// columns, by row (from 1) and column (from 0). It reads the sheet to its end,
// so that a broken one is an error.
func mergedCells(p *zip.File) (map[[2]int][2]int, error) {
	in, err := opened(p)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	out := map[[2]int][2]int{}
	d := xml.NewDecoder(in)
	for {
		token, err := d.RawToken()
		if errors.Is(err, io.EOF) {
			return out, nil
		}
		if err != nil {
			return nil, err
		}
		switch t := token.(type) {
		case xml.Directive:
			return nil, errDirective
		case xml.StartElement:
			if t.Name.Local != "mergeCell" {
				continue
			}
			for _, a := range t.Attr {
				if row, col, height, width, ok := area(a.Value); a.Name.Local == "ref" && ok {
					out[[2]int{row, col}] = [2]int{height, width}
				}
			}
		}
	}
}

// area reads a reference such as B2:D5.
func area(ref string) (row, col, height, width int, ok bool) {
	from, to, found := strings.Cut(ref, ":")
	col, row, err := excelize.CellNameToCoordinates(from)
	if err != nil || !found {
		return 0, 0, 0, 0, false
	}
	lastCol, lastRow, err := excelize.CellNameToCoordinates(to)
	if err != nil || lastCol < col || lastRow < row {
		return 0, 0, 0, 0, false
	}
	return row, col - 1, lastRow - row + 1, lastCol - col + 1, true
}
