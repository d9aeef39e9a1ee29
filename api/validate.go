package api

import (
	"context"
	"errors"
	"net/http"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/gin-gonic/gin"
	"github.com/google/uuid"

	"tanxu/need"
)

// validate checks a request against its operation. The handler is given the
// value that was checked, so that nothing can hide between two decoders.
func (s *server) validate(c *gin.Context) {
	op := s.ops.find(c)
	if op.upload {
		return // the validator would hold the file in memory twice
	}
	if id, ok := c.Params.Get("id"); ok && uuid.Validate(id) != nil {
		// Such an object is not there: the same answer as for one that nobody may see.
		s.problems.fail(c, need.Errorf(need.NotFound, "not_found", "id is no UUID"))
		return
	}
	params := make(map[string]string, len(c.Params))
	for _, p := range c.Params {
		params[p.Key] = p.Value
	}
	err := openapi3filter.ValidateRequest(c, &openapi3filter.RequestValidationInput{
		Request: c.Request, PathParams: params, Route: op.route,
		Options: &openapi3filter.Options{
			AuthenticationFunc:                allowed,
			KeepValidatedValue:                true,
			RejectWhenRequestBodyNotSpecified: true,
			MultiError:                        true,
		},
	})
	if err != nil {
		s.problems.fail(c, s.invalid(err))
	}
}

// allowed lets the document's security requirements pass: authenticate has
// enforced them by x-scope.
func allowed(context.Context, *openapi3filter.AuthenticationInput) error { return nil }

// invalid turns what the validator says into an error of ours.
func (s *server) invalid(err error) error {
	if _, ok := errors.AsType[*http.MaxBytesError](err); ok {
		return need.Errorf(need.Invalid, "body_too_large", "body over %d bytes", s.opt.MaxBody)
	}
	found := flatten(err)
	code := "bad_parameter"
	at := make([]ProblemPlace, 0, len(found))
	for _, e := range found {
		if e.RequestBody != nil {
			code = bodyCode(e)
		}
		at = append(at, placesOf(e)...)
	}
	return &places{need.Errorf(need.Invalid, code, "request does not fit the document: %w", err), at}
}

// bodyCode tells apart bodies of another type, that cannot be read, and that
// are wrong.
func bodyCode(e *openapi3filter.RequestError) string {
	switch {
	case strings.Contains(e.Reason, "Content-Type"):
		return "media_type"
	case len(schemaErrors(e.Err)) == 0:
		return "bad_json"
	default:
		return "invalid_body"
	}
}

// placesOf names each place of one error. The validator's own texts are English
// and may quote the input: they are not shown.
func placesOf(e *openapi3filter.RequestError) []ProblemPlace {
	base := ""
	if e.Parameter != nil {
		base = e.Parameter.Name
	}
	deep := schemaErrors(e.Err)
	if len(deep) == 0 {
		return []ProblemPlace{{Pointer: base, Detail: "place_value"}}
	}
	at := make([]ProblemPlace, 0, len(deep))
	for _, d := range deep {
		pointer := base
		if len(d.JSONPointer()) > 0 {
			pointer += "/" + strings.Join(d.JSONPointer(), "/")
		}
		at = append(at, ProblemPlace{Pointer: pointer, Detail: placeCode(d.SchemaField)})
	}
	return at
}

// placeCode is the text for a keyword of JSON Schema.
func placeCode(keyword string) string {
	switch keyword {
	case "required":
		return "place_required"
	case "additionalProperties", "properties":
		return "place_unknown"
	case "type":
		return "place_type"
	case "enum", "const":
		return "place_enum"
	case "minLength", "minItems", "minProperties":
		return "place_short"
	case "maxLength", "maxItems", "maxProperties":
		return "place_long"
	case "minimum", "maximum":
		return "place_range"
	default:
		return "place_value"
	}
}

// flatten lists the errors of single parameters and of the body.
func flatten(err error) []*openapi3filter.RequestError {
	switch e := err.(type) { //nolint:errorlint // AsType would look into the parts
	case openapi3.MultiError:
		var all []*openapi3filter.RequestError
		for _, part := range e {
			all = append(all, flatten(part)...)
		}
		return all
	case *openapi3filter.RequestError:
		return []*openapi3filter.RequestError{e}
	default:
		return nil
	}
}

// schemaErrors lists the leaves of what a schema says against a value.
func schemaErrors(err error) []*openapi3.SchemaError {
	if many, ok := err.(openapi3.MultiError); ok { //nolint:errorlint // AsType would find only the first
		var all []*openapi3.SchemaError
		for _, e := range many {
			all = append(all, schemaErrors(e)...)
		}
		return all
	}
	e, ok := errors.AsType[*openapi3.SchemaError](err)
	if !ok {
		return nil
	}
	if deeper := schemaErrors(e.Origin); len(deeper) > 0 {
		return deeper
	}
	return []*openapi3.SchemaError{e}
}
