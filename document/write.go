package document

import (
	"fmt"
	"io"
	"iter"

	"github.com/xuri/excelize/v2"
)

// widths of the columns of a sheet that we write, in characters.
const sheetWidth = 22

// WriteSheet writes a workbook with one sheet; its first row is the header.
// Every cell is a text, so that none can act as a formula.
func WriteSheet(w io.Writer, name string, rows iter.Seq2[[]string, error]) error {
	f := excelize.NewFile()
	defer f.Close() //nolint:errcheck // only its own temporary files are left to remove
	if err := f.SetSheetName("Sheet1", name); err != nil {
		return fmt.Errorf("name the sheet: %w", err)
	}
	out, err := f.NewStreamWriter(name)
	if err != nil {
		return fmt.Errorf("begin the sheet: %w", err)
	}
	if err := out.SetColWidth(1, excelize.MaxColumns, sheetWidth); err != nil {
		return fmt.Errorf("size the sheet: %w", err)
	}
	if err := out.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return fmt.Errorf("freeze the header: %w", err)
	}
	number := 0
	for row, err := range rows {
		if err != nil {
			return err
		}
		number++
		cells := make([]any, len(row))
		for i, text := range row {
			cells[i] = text
		}
		if err := out.SetRow(fmt.Sprintf("A%d", number), cells); err != nil {
			return fmt.Errorf("write row %d: %w", number, err)
		}
	}
	if err := out.Flush(); err != nil {
		return fmt.Errorf("end the sheet: %w", err)
	}
	return f.Write(w)
}
