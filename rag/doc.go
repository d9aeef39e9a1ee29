// Package rag finds the achievements that may meet a need, and says why: an
// index of words and vectors, a search over both, and matches whose every
// reason cites words of the need and of the achievement. It knows no SQL, and
// works by words alone where there is no embedding model.
package rag
