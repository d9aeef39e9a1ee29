package need

import "math"

// How signatures are cut for candidates: a pair of needs is looked at if all
// hashes of any band are equal. Of two texts that share half of their pairs
// 98 in 100 are found so, of two that share a tenth 1 in 150.
const (
	bands = 64
	rows  = 4
)

// signature is the MinHash of a gist (A. Broder, On the resemblance and
// containment of documents, 1997): for each of many hash functions the least
// value over all pairs. Two signatures agree in as large a share of places as
// the two sets of pairs have in common.
type signature [bands * rows]uint32

func signatureOf(g Gist) *signature {
	var s signature
	for i := range s {
		s[i] = math.MaxUint32
	}
	last := uint32(0)
	for n, pair := range g {
		if n > 0 && pair == last {
			continue
		}
		last = pair
		// One good mix of the pair, then a cheap step to each function: the upper
		// half of a·x+b is universal enough (Dietzfelbinger et al., 1997).
		x := mix(uint64(pair))
		for i := range s {
			if h := uint32((x*(2*uint64(i)*0x9e3779b97f4a7c15+1) + uint64(i)*0xd1b54a32d192ed03) >> 32); h < s[i] { //nolint:gosec // the upper half fits
				s[i] = h
			}
		}
	}
	return &s
}

// mix is the finaliser of MurmurHash3.
func mix(x uint64) uint64 {
	x ^= x >> 33
	x *= 0xff51afd7ed558ccd
	x ^= x >> 33
	x *= 0xc4ceb9fe1a85ec53
	return x ^ x>>33
}

// band hashes one band of s.
func (s *signature) band(b int) uint64 {
	h := uint64(b + 1)
	for _, v := range s[b*rows : (b+1)*rows] {
		h = mix(h<<1 ^ uint64(v))
	}
	return h
}
