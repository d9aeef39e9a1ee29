package postgres

// The plan of a search, for a test that explains it.
const (
	SearchByIndex  = searchByIndex
	NearestByIndex = nearestByIndex
)
