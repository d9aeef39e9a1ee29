// Package library reads records of libraries out of files and writes them into
// files, and finds records that say the same. It knows no storage and no HTTP.
package library
