package api

import (
	_ "embed"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/routers"
	"github.com/gin-gonic/gin"

	"tanxu/need"
)

//go:embed openapi.yaml
var document []byte

// prefix is where the document's paths hang.
const prefix = "/api/v1"

// The scopes that are no scope of a key: what x-scope says beside those.
const (
	scopePublic   = "public"
	scopeSignedIn = "signed_in"
	scopeContact  = "contact"
)

// operation is one of the document, as requests are checked against it.
type operation struct {
	route   *routers.Route
	scope   string
	named   bool // takes an Idempotency-Key
	stream  bool // never ends by itself
	audited bool // is written down for auditors
	upload  bool // takes a file, which its handler reads
}

// operations are all of the document, by method and gin's path.
type operations struct {
	byRoute map[string]*operation
	json    []byte // the document, as it is served
}

// loadOperations reads the document, and refuses one whose operations do not
// all say who may call them.
func loadOperations() (*operations, error) {
	doc, err := openapi3.NewLoader().LoadFromData(document)
	if err != nil {
		return nil, fmt.Errorf("read openapi.yaml: %w", err)
	}
	ops := &operations{byRoute: map[string]*operation{}}
	if ops.json, err = doc.MarshalJSON(); err != nil {
		return nil, fmt.Errorf("write openapi.json: %w", err)
	}
	for path, item := range doc.Paths.Map() {
		for method, op := range item.Operations() {
			scope, _ := op.Extensions["x-scope"].(string)
			if scope == "" {
				return nil, fmt.Errorf("openapi.yaml: %s %s has no x-scope", method, path)
			}
			audited, said := op.Extensions["x-audit"].(bool)
			ops.byRoute[method+" "+ginPath(path)] = &operation{
				audited: audited || !said && method != http.MethodGet,
				scope:   scope, stream: slices.Contains(op.Tags, "stream"), upload: slices.Contains(op.Tags, "upload"),
				named: op.Parameters.GetByInAndName(openapi3.ParameterInHeader, idempotencyHeader) != nil,
				route: &routers.Route{Spec: doc, Path: path, PathItem: item, Method: method, Operation: op},
			}
		}
	}
	return ops, nil
}

// ginPath turns /needs/{id} into /api/v1/needs/:id.
func ginPath(path string) string {
	return prefix + strings.NewReplacer("{", ":", "}", "").Replace(path)
}

// find is the operation of a request, nil for a route that the document does
// not have.
func (o *operations) find(c *gin.Context) *operation {
	return o.byRoute[c.Request.Method+" "+c.FullPath()]
}

// allows reports whether somebody with these scopes may call the operation.
func (op *operation) allows(scopes []string) bool {
	return op.scope == scopeSignedIn || slices.Contains(scopes, op.scope)
}

// unknownRoute is the error for paths that nothing serves.
func unknownRoute(c *gin.Context) error {
	return need.Errorf(need.NotFound, "not_found", "no route %s", c.Request.Method)
}
