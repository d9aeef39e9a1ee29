package archtest_test

import (
	"slices"
	"strings"
	"testing"
)

// rule says which of our own packages a package may import, and why no others.
type rule struct {
	allowed []string
	why     string
}

// anything stands for all packages but cmd.
const anything = "anything"

// table is the import table of the architecture, by part of the house. A part
// is a top folder, a channel (bot/x), or need/record; packages of one part may
// import each other. Whoever may import need may import need/record.
func table() map[string]rule {
	return map[string]rule{
		"cmd":         {[]string{anything}, "only cmd knows all packages"},
		"internal":    {[]string{anything}, "test support and the development database"},
		"demo":        {[]string{anything}, "it fills every part of a demo centre"},
		"eval":        {[]string{anything}, "it measures every part"},
		"api":         {[]string{"bot", "interview", "insight", "library", "rag", "prompts", "postgres", "need"}, "HTTP calls the parts; models and channels are wired by cmd"},
		"jobs":        {[]string{"postgres", "bot", "interview", "document", "library", "extract", "rag", "insight", "prompts", "need"}, "a job delegates; it talks to no model itself"},
		"bot/*":       {[]string{"bot", "need"}, "a channel knows neither the engine nor another channel"},
		"bot":         {[]string{"need"}, "it carries messages and does not understand them"},
		"interview":   {[]string{"extract", "prompts", "llm", "need"}, "a turn knows no channel, HTTP or SQL"},
		"extract":     {[]string{"prompts", "llm", "need"}, "reading a text needs no interview"},
		"document":    {[]string{"extract", "need"}, "it reads files into drafts; where they come from and go to is not its matter"},
		"library":     {[]string{"document", "need"}, "records in and out of files; what is stored is given to it"},
		"prompts":     {[]string{"llm", "need"}, "a template does not know who uses it"},
		"rag":         {[]string{"embeddings", "llm", "prompts", "need"}, "what it searches is given to it"},
		"rerank":      {[]string{"need"}, "an adapter: it does not know who asks"},
		"insight":     {[]string{"embeddings", "need"}, "it counts and groups, without a model that writes"},
		"postgres":    {[]string{"migrations", "need"}, "storage decides nothing"},
		"webhook":     {[]string{"need"}, "it sends what it is given and does not know what it says"},
		"llm":         {[]string{"need"}, "a port, its adapters and decorators"},
		"embeddings":  {[]string{"need"}, "a port, its adapters and decorators"},
		"need/record": {[]string{"need"}, "the wire form of the domain"},
		"need":        {nil, "the domain depends on nothing"},
		"migrations":  {nil, "the schema depends on nothing"},
		"web":         {nil, "pages depend on nothing"},
	}
}

// standardOnly lists the parts that import no third-party package.
func standardOnly() []string { return []string{"need", "need/record", "migrations", "web"} }

// partOf returns the part of the house that a folder belongs to.
func partOf(folder string) string {
	words := strings.Split(folder, "/")
	switch {
	case words[0] == "bot" && len(words) > 1 && words[1] != "bottest":
		return "bot/" + words[1]
	case strings.HasPrefix(folder, "need/record"):
		return "need/record"
	default:
		return words[0]
	}
}

// ruleOf returns the rule of a part.
func ruleOf(part string) (rule, bool) {
	if strings.HasPrefix(part, "bot/") {
		part = "bot/*"
	}
	r, ok := table()[part]
	return r, ok
}

// allows says whether part may import target.
func (r rule) allows(part, target string) bool {
	switch {
	case target == part:
		return true
	case part == "cmd":
		return true
	case slices.Contains(r.allowed, anything):
		return target != "cmd"
	case target == "need/record":
		return slices.Contains(r.allowed, "need")
	default:
		return slices.Contains(r.allowed, target)
	}
}

func TestImportTable(t *testing.T) {
	t.Parallel()

	for _, s := range sources(t) {
		part := partOf(s.pkg)
		r, ok := ruleOf(part)
		if !ok {
			t.Errorf("%s: %s is not on the map of the house: give it a line in the import table", s.path, part)
			continue
		}
		for _, path := range s.imports(t) {
			folder, ours := strings.CutPrefix(path, module+"/")
			if ours && !r.allows(part, partOf(folder)) {
				t.Errorf("%s imports %s; %s may import %v: %s", s.path, path, part, r.allowed, r.why)
			}
			if third := strings.Contains(strings.Split(path, "/")[0], "."); third && slices.Contains(standardOnly(), part) {
				t.Errorf("%s imports %s; %s imports the standard library only: %s", s.path, path, part, r.why)
			}
		}
	}
}

func TestTheTableForbids(t *testing.T) {
	t.Parallel()

	tests := map[string]struct {
		from, to string
		ok       bool
	}{
		"a channel speaks of its port":        {"bot/telegram", "bot", true},
		"a channel leaves another alone":      {"bot/telegram", "bot/webchat", false},
		"a channel knows no engine":           {"bot/webchat", "interview", false},
		"the suite of all channels is bot's":  {"bot/bottest", "bot", true},
		"an adapter speaks of its port":       {"llm/openai", "llm", true},
		"a model knows no interview":          {"llm/openai", "interview", false},
		"the engine knows no SQL":             {"interview/guide", "postgres", false},
		"storage may read the record":         {"postgres", "need/record", true},
		"a file is read without storage":      {"document", "postgres", false},
		"a job reads files":                   {"jobs", "document", true},
		"the domain has no wire form":         {"need", "need/record", false},
		"nobody imports cmd":                  {"eval", "cmd/tanxu", false},
		"production uses no test support":     {"postgres", "internal/pgtest", false},
		"the service does not need its demo":  {"api", "demo", false},
		"HTTP asks the engine, not the model": {"api", "llm", false},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			part := partOf(tt.from)
			r, known := ruleOf(part)
			if !known || r.allows(part, partOf(tt.to)) != tt.ok {
				t.Errorf("%s imports %s: want %t", tt.from, tt.to, tt.ok)
			}
		})
	}
}
