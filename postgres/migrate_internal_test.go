package postgres

import (
	"testing"

	"tanxu/need"
)

func TestSupported(t *testing.T) {
	t.Parallel()

	is := func(v string) *string { return &v }
	tests := map[string]struct {
		number            int
		encoding          string
		installed, onDisk *string
		code              string // "" means supported
	}{
		"the oldest that will do":          {150000, "UTF8", nil, is("0.8.0"), ""},
		"installed already":                {180004, "UTF8", is("0.8.5"), is("0.8.5"), ""},
		"a later line of vector":           {180004, "UTF8", nil, is("1.0"), ""},
		"PostgreSQL 14":                    {140012, "UTF8", nil, is("0.8.5"), "database_version"},
		"an encoding without Chinese":      {170000, "SQL_ASCII", nil, is("0.8.5"), "database_encoding"},
		"no vector":                        {170000, "UTF8", nil, nil, "database_vector"},
		"vector without halfvec":           {160000, "UTF8", nil, is("0.6.2"), "database_vector"},
		"vector was updated on disk only":  {160000, "UTF8", is("0.7.4"), is("0.8.5"), "database_vector"},
		"a version that cannot be read":    {160000, "UTF8", nil, is("next"), "database_vector"},
		"tenth minor is newer than eighth": {160000, "UTF8", nil, is("0.10.0"), ""},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			err := supported(tt.number, tt.encoding, tt.installed, tt.onDisk)
			if tt.code == "" && err != nil {
				t.Errorf("supported() = %v, want nil", err)
			}
			if tt.code != "" && (need.KindOf(err) != need.Invalid || need.CodeOf(err) != tt.code) {
				t.Errorf("supported() = %v, want code %s", err, tt.code)
			}
		})
	}
}
