package devpg

import "testing"

// SocketDir, ParseVersion, Unpack and CheckHash are tested on their own.
var (
	SocketDir    = socketDir
	ParseVersion = parseVersion
	Unpack       = unpack
	CheckHash    = checkHash
	FromWheel    = fromWheel
)

// Data returns the folder of the cluster's data.
func (c *Cluster) Data() string { return c.data }

// StartAsNobody starts a cluster as where root may not make user namespaces.
func StartAsNobody(t *testing.T, o Options) (*Cluster, error) {
	t.Helper()
	users, err := candidates()
	if err != nil {
		return nil, err
	}
	progs, err := find(t.Context(), o, 0)
	if err != nil {
		return nil, err
	}
	progs.users = users[1:]
	return launchWith(t, o, progs)
}

// StartInDocker starts a cluster by whatever `docker` is on the PATH.
func StartInDocker(t *testing.T, o Options) (*Cluster, error) {
	t.Helper()
	progs, err := fromDocker(t.Context(), "")
	if err != nil {
		return nil, err
	}
	return launchWith(t, o, progs)
}

func launchWith(t *testing.T, o Options, progs programs) (*Cluster, error) {
	t.Helper()
	c, err := newCluster(o)
	if err != nil {
		return nil, err
	}
	c.srv, err = c.launch(t.Context(), progs)
	return c, err
}
