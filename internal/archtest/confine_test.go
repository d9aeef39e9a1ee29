package archtest_test

import (
	"go/ast"
	"slices"
	"strings"
	"testing"
)

// confined says where a package, with all below it, may be imported.
type confined struct {
	path   string
	only   []string // folders, each with all below it
	except []string // or: everywhere but here
	why    string
}

func confinements() []confined {
	return []confined{
		{path: "github.com/gin-gonic/gin", only: []string{"api"}, why: "HTTP lives in api"},
		{path: "github.com/getkin/kin-openapi", only: []string{"api", "internal"}, why: "HTTP lives in api"},
		{path: "github.com/coreos/go-oidc", only: []string{"api"}, why: "people sign in over HTTP"},
		{path: "golang.org/x/oauth2", only: []string{"api"}, why: "people sign in over HTTP"},
		{path: "github.com/pquerna/otp", only: []string{"api"}, why: "people sign in over HTTP"},
		{path: "github.com/jackc/pgx", only: []string{"postgres", "jobs", "internal", "cmd"}, why: "SQL lives in postgres"},
		{path: "github.com/pgvector/pgvector-go", only: []string{"postgres"}, why: "SQL lives in postgres"},
		{path: "database/sql", only: []string{"postgres", "internal"}, why: "SQL lives in postgres"},
		{path: "github.com/pressly/goose", only: []string{"postgres"}, why: "SQL lives in postgres"},
		{path: "github.com/riverqueue/river", only: []string{"jobs", "cmd", "postgres", "internal"}, why: "a queue that can be replaced"},
		{path: "github.com/sashabaranov/go-openai", only: []string{"llm/openai", "embeddings/openai"}, why: "foreign dialects end at their adapter"},
		{path: "github.com/go-telegram-bot-api/telegram-bot-api", only: []string{"bot/telegram"}, why: "foreign dialects end at their adapter"},
		{path: "github.com/yalue/onnxruntime_go", only: []string{"embeddings/bge"}, why: "cgo stays in one package"},
		{path: "github.com/xuri/excelize", only: []string{"document"}, why: "files of strangers are read in one place"},
		{path: "github.com/klippa-app/go-pdfium", only: []string{"document"}, why: "files of strangers are read in one place"},
		{path: "github.com/knadh/koanf", only: []string{"cmd"}, why: "configuration is read in cmd"},
		{path: "github.com/spf13/cobra", only: []string{"cmd"}, why: "the command line is cmd's"},
		{
			path: "net/http", except: []string{"need", "extract", "document", "interview", "prompts", "insight", "postgres", "migrations"},
			why: "HTTP is for the edges: api, channels, and adapters of far ends",
		},
		{path: "testing", only: []string{"internal", "bot/bottest", "llm/llmtest", "embeddings/embeddingstest"}, why: "the binary holds no tests"},
		{path: "reflect", only: []string{"internal", "api", "cmd"}, why: "types are known where they are used"},
		{path: "unsafe", only: []string{}, why: "nothing here is worth it"},
	}
}

// within says whether a folder is one of these, or below.
func within(folder string, of []string) bool {
	return slices.ContainsFunc(of, func(top string) bool { return folder == top || strings.HasPrefix(folder, top+"/") })
}

func TestPackagesStayWhereTheyBelong(t *testing.T) {
	t.Parallel()

	for _, s := range sources(t) {
		for _, path := range s.imports(t) {
			for _, c := range confinements() {
				if path != c.path && !strings.HasPrefix(path, c.path+"/") {
					continue
				}
				if c.only != nil && !within(s.pkg, c.only) || within(s.pkg, c.except) {
					t.Errorf("%s imports %s: %s", s.path, path, c.why)
				}
			}
		}
	}
}

// TestOnlyTheBinaryReadsItsEnvironment: packages receive values.
func TestOnlyTheBinaryReadsItsEnvironment(t *testing.T) {
	t.Parallel()

	for _, s := range sources(t) {
		if within(s.pkg, []string{"cmd", "internal"}) {
			continue
		}
		ast.Inspect(s.file, func(n ast.Node) bool {
			sel, ok := n.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			pkg, ok := sel.X.(*ast.Ident)
			if ok && pkg.Name == "os" && slices.Contains([]string{"Getenv", "LookupEnv", "Environ", "ExpandEnv"}, sel.Sel.Name) {
				t.Errorf("%s:%d: os.%s: configuration is read in cmd", s.path, s.line(sel.Pos()), sel.Sel.Name)
			}
			if ok && pkg.Name == "time" && sel.Sel.Name == "Sleep" {
				t.Errorf("%s:%d: time.Sleep: wait on a channel or a context", s.path, s.line(sel.Pos()))
			}
			return true
		})
	}
}
