package api

import (
	"bytes"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"io/fs"
	"net/http"
	"path"
	"strings"

	"github.com/gin-gonic/gin"

	"tanxu/need"
)

// nonceMark stands in a page wherever the nonce of its styles belongs.
const nonceMark = "__CSP_NONCE__"

// pages serves the built front end: one HTML file for all paths below a
// prefix, and the assets that they load.
type pages struct {
	files    fs.FS
	problems *problems
}

// mount serves the contact's chat at /c/ and /s/ and the console at /console.
func (p *pages) mount(r gin.IRoutes) {
	chat, console := p.page("chat/index.html"), p.page("console/index.html")
	r.GET("/c/*path", chat)
	r.GET("/s/*path", chat)
	r.GET("/console", console)
	r.GET("/console/*path", console)
	r.GET("/assets/*path", p.asset)
	r.GET("/", func(c *gin.Context) { c.Redirect(http.StatusFound, "/console") })
}

// asset serves a file whose name holds a hash of its content, for ever.
func (p *pages) asset(c *gin.Context) {
	name := strings.TrimPrefix(path.Clean(c.Request.URL.Path), "/")
	info, err := fs.Stat(p.files, name)
	if err != nil || !info.Mode().IsRegular() || !strings.HasPrefix(name, "assets/") {
		p.problems.fail(c, unknownRoute(c))
		return
	}
	c.Header("Cache-Control", "public, max-age=31536000, immutable")
	http.ServeFileFS(c.Writer, c.Request, p.files, name)
}

// page serves an HTML file, which is never cached: it names the assets of this
// build and carries a nonce for the styles that the page makes as it runs.
func (p *pages) page(name string) gin.HandlerFunc {
	return func(c *gin.Context) {
		html, err := fs.ReadFile(p.files, name)
		if errors.Is(err, fs.ErrNotExist) {
			p.problems.fail(c, need.Errorf(need.NotFound, "page_missing", "this build has no %s", name))
			return
		}
		if err != nil {
			p.problems.fail(c, err)
			return
		}
		nonce := rand32()
		html = bytes.ReplaceAll(html, []byte(nonceMark), []byte(nonce))
		c.Header("Cache-Control", "no-cache")
		c.Header("Content-Security-Policy", pagePolicy(nonce))
		c.Data(http.StatusOK, "text/html; charset=utf-8", html)
	}
}

// pagePolicy lets a page load its own files and, for the styles that the
// console's components make as they run, what carries the nonce.
func pagePolicy(nonce string) string {
	return "default-src 'none'; script-src 'self'; style-src 'self' 'nonce-" + nonce + "'; img-src 'self' data: blob:; " +
		"font-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
}

// guarded sets the headers that every answer has. Pages bring a policy of
// their own.
func guarded(c *gin.Context) {
	h := c.Writer.Header()
	h.Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("X-Frame-Options", "DENY")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=(self)")
	if c.Request.TLS != nil {
		h.Set("Strict-Transport-Security", "max-age=31536000")
	}
	if strings.HasPrefix(c.Request.URL.Path, prefix) {
		h.Set("Cache-Control", "no-store")
	}
}

// rand32 is 256 random bits as text.
func rand32() string {
	var raw [32]byte
	rand.Read(raw[:]) // never fails: crypto/rand ends the program instead
	return base64.RawURLEncoding.EncodeToString(raw[:])
}
