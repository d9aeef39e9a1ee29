package api

import (
	"strconv"
	"strings"

	"tanxu/need"
)

// etag is the ETag of a version.
func etag(version int) *string { return new(`"` + strconv.Itoa(version) + `"`) }

// versionOf reads an If-Match header. A text that is no ETag of ours matches
// no version.
func versionOf(header *IfMatch) (int, error) {
	if header == nil {
		return 0, need.Errorf(need.Conflict, "version_missing", "no If-Match")
	}
	text := strings.Trim(strings.TrimPrefix(strings.TrimSpace(*header), "W/"), `"`)
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 {
		return 0, need.Errorf(need.Conflict, "version_stale", "If-Match %.20q is no version", text)
	}
	return n, nil
}
