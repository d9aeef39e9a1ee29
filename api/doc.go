// Package api is the broker's side of the service over HTTP: the operations of
// openapi.yaml, who may call them, and what an error looks like. It knows no
// channel and no SQL.
package api

//go:generate go tool -modfile=../tools/go.mod oapi-codegen -config oapi-codegen.yaml openapi.yaml
