package webchat_test

import (
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"tanxu/need"
)

// The page counts along as the contact writes: to the same number.
func TestThePageKnowsTheLimitOfTexts(t *testing.T) {
	t.Parallel()
	page, err := os.ReadFile("../../web/chat/view/composer.ts")
	if err != nil {
		t.Fatal(err)
	}
	found := regexp.MustCompile(`maxLength = ([0-9_]+)`).FindStringSubmatch(string(page))
	if found == nil || strings.ReplaceAll(found[1], "_", "") != strconv.Itoa(need.MaxText) {
		t.Errorf("the page has %q, messages may have %d characters", found, need.MaxText)
	}
}
