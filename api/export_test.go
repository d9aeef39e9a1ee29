package api

// Inside of the package, for fuzzing.
var (
	EventsOf  = eventsOf
	VersionOf = versionOf
	ReadPlace = readPlace
	IsoDate   = isoDate
)

// LangOf is the language of an Accept-Language header.
func LangOf(accept string) (string, error) {
	t, err := loadTexts()
	if err != nil {
		return "", err
	}
	return t.lang(accept), nil
}
