package static

import (
	"crypto/sha256"
	_ "embed" // the table
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"math"
	"strings"
)

// table is read where it lies in the binary, so that only what is looked at
// takes memory.
//
//go:embed table.bin
var table string

// tableSum is the SHA-256 of table.bin.
const tableSum = "347e434ca85b0b01d60a896ae058db33305125766e4525775f2f779d59cfb259"

var errBroken = errors.New("the table is broken")

func sum(data string) (string, error) {
	h := sha256.New()
	if _, err := io.Copy(h, struct{ io.Reader }{strings.NewReader(data)}); err != nil {
		return "", fmt.Errorf("sum the table: %w", err)
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

// header is how a table begins: dims, numbers of 1-, 2-, 3-grams and Latin
// tokens, bytes of their names. The names follow, a line each, then the scale
// of each row and the rows, one byte a cell.
type header struct {
	dims, grams, tokens, names int
}

const headerSize = 24

func readHeader(data string) (header, error) {
	if len(data) < headerSize {
		return header{}, fmt.Errorf("read the header of the table: %w", errBroken)
	}
	var at [6]int
	for i := range at {
		at[i] = int(binary.LittleEndian.Uint32([]byte(data[4*i : 4*i+4])))
	}
	h := header{dims: at[0], grams: at[1] + at[2] + at[3], tokens: at[4], names: at[5]}
	if want := headerSize + h.names + (h.grams+h.tokens)*(4+h.dims); len(data) != want {
		return header{}, fmt.Errorf("the table has %d bytes, its header says %d: %w", len(data), want, errBroken)
	}
	return h, nil
}

// vocabulary finds the row of an n-gram.
type vocabulary struct {
	dims   int
	grams  map[uint64]uint32 // Han characters, 16 bits each
	tokens map[string]uint32 // Latin
	scales []float32
	cells  string
}

func readVocabulary(data string, h header) (*vocabulary, error) {
	rows := h.grams + h.tokens
	names := strings.Split(data[headerSize:headerSize+h.names], "\n")
	if len(names) != rows {
		return nil, fmt.Errorf("the table names %d of its %d rows: %w", len(names), rows, errBroken)
	}
	scales := data[headerSize+h.names:]
	v := &vocabulary{
		dims: h.dims, grams: make(map[uint64]uint32, h.grams), tokens: make(map[string]uint32, h.tokens),
		scales: make([]float32, rows), cells: scales[4*rows:],
	}
	for i, name := range names {
		v.scales[i] = math.Float32frombits(binary.LittleEndian.Uint32([]byte(scales[4*i : 4*i+4])))
		if i >= h.grams {
			v.tokens[name] = uint32(i)
			continue
		}
		var key uint64
		for _, r := range name {
			key = key<<16 | uint64(r)
		}
		v.grams[key] = uint32(i)
	}
	return v, nil
}
