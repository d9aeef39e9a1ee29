package devpg

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// version is a version number; what is not written counts as 0.
type version [3]int

var (
	vectorOldest = version{0, 8, 0} // halfvec and iterative scans
	vectorSafe   = version{0, 8, 2} // parallel HNSW builds no longer overflow
)

// parseVersion reads the numbers at the start of s, as in "18.4" or "0.8.5".
func parseVersion(s string) version {
	var v version
	for i, part := range strings.SplitN(s, ".", len(v)) {
		digits := strings.IndexFunc(part+"x", func(r rune) bool { return r < '0' || r > '9' })
		n, err := strconv.Atoi(part[:digits])
		if err != nil {
			break
		}
		v[i] = n
	}
	return v
}

func (v version) less(w version) bool { return slices.Compare(v[:], w[:]) < 0 }

func (v version) String() string { return fmt.Sprintf("%d.%d.%d", v[0], v[1], v[2]) }
