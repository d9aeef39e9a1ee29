package document

import (
	"strconv"
	"strings"
)

// Ref is how evidence points into the document with this id, such as
// "document:ID#sheet=需求表&cell=C5".
func Ref(id, place string) string { return "document:" + id + "#" + place }

// CellPlace is where a cell of the table stands, such as "sheet=需求表&cell=C5".
// Rows count from 1, columns from 0.
func (t *Table) CellPlace(row, col int) string {
	cell := "cell=" + ColumnName(col) + strconv.Itoa(row)
	if t.Place == "" {
		return cell
	}
	return t.Place + "&" + cell
}

// ColumnName is the letter of a column, counted from 0: A, B … Z, AA.
func ColumnName(col int) string {
	name := ""
	for col++; col > 0; col = (col - 1) / 26 {
		name = string(rune('A'+(col-1)%26)) + name
	}
	return name
}

// named is a part of a place whose name comes from the file: what would end
// the part early is escaped.
func named(part, name string) string {
	return part + "=" + strings.NewReplacer("%", "%25", "&", "%26", "#", "%23", "=", "%3D", "\n", "%0A", "\r", "%0D").Replace(name)
}
