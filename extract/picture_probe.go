package extract

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
)

// testNumber stands in the picture by which a model is tried.
const testNumber = "70418"

// testPicture is a picture with testNumber on it.
func testPicture() []byte {
	const dot, margin = 12, 4 // pixels of a dot; dots around the number
	glyphs := digits()
	width := (6*len(testNumber) - 1 + 2*margin) * dot
	canvas := image.NewGray(image.Rect(0, 0, width, (7+2*margin)*dot))
	for i := range canvas.Pix {
		canvas.Pix[i] = 0xff
	}
	for at, d := range testNumber {
		for y, row := range glyphs[d] {
			for x, on := range row {
				if on != '#' {
					continue
				}
				left, top := (margin+6*at+x)*dot, (margin+y)*dot
				for p := range dot * dot {
					canvas.SetGray(left+p%dot, top+p/dot, color.Gray{})
				}
			}
		}
	}
	var out bytes.Buffer
	if err := png.Encode(&out, canvas); err != nil {
		return nil // of a canvas in memory: cannot be
	}
	return out.Bytes()
}

// digits are the shapes of those in testNumber, five dots by seven.
func digits() map[rune][7]string {
	return map[rune][7]string{
		'0': {" ### ", "#   #", "#   #", "#   #", "#   #", "#   #", " ### "},
		'1': {"  #  ", " ##  ", "  #  ", "  #  ", "  #  ", "  #  ", " ### "},
		'4': {"   # ", "  ## ", " # # ", "#  # ", "#####", "   # ", "   # "},
		'7': {"#####", "    #", "   # ", "  #  ", "  #  ", "  #  ", "  #  "},
		'8': {" ### ", "#   #", "#   #", " ### ", "#   #", "#   #", " ### "},
	}
}
