package archtest_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"tanxu/need"
)

// TestPagesOfferTheCodesOfTheDomain: the console is another language and so
// keeps its own copy of the code lists.
func TestPagesOfferTheCodesOfTheDomain(t *testing.T) {
	t.Parallel()

	page, err := os.ReadFile(filepath.Join(root, "web", "console", "codes.ts"))
	if err != nil {
		t.Fatal(err)
	}
	wanted := map[string]string{"chain": listed(need.Chains())}
	for _, k := range []need.Key{need.KeyCoopMode, need.KeyIPTerms, need.KeyConfidentiality, need.KeyNeedType} {
		wanted[string(k)] = string(k) + ": " + listed(k.Codes())
	}
	for _, r := range need.Regions() {
		wanted[r.Name] = r.Code + ": '" + r.Name + "'"
	}
	for name, text := range wanted {
		if !strings.Contains(string(page), text) {
			t.Errorf("web/console/codes.ts has another list for %s, want %s", name, text)
		}
	}
}

// listed writes a list as the pages do.
func listed(codes []string) string { return "['" + strings.Join(codes, "', '") + "']" }
