// Package devpg brings up PostgreSQL with pgvector for development and tests:
// it finds or fetches the programs, then runs a private cluster on a unix
// socket in a folder. It knows nothing of the schema.
package devpg

import (
	"cmp"
	"context"
	"crypto/sha256"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"sync"
	"time"

	"tanxu/need"
)

// Options says where the cluster lives. The zero value is the development
// cluster of the current folder.
type Options struct {
	StateDir    string                           // data, socket, log and locks; "" means .local/pg
	Root        string                           // where fetched programs are kept; "" means StateDir/root
	DatabaseURL string                           // if set, it is used as it is and nothing is started
	Test        bool                             // throw-away data: not synced to disk, and wiped if it does not start
	Log         func(format string, args ...any) // one line for each decision; nil means silence
}

// Cluster is a running server. Its methods may be called from any goroutine.
type Cluster struct {
	opt    Options
	url    string
	data   string // folder of the data
	socket string // folder of the socket

	mu   sync.Mutex
	srv  *server       // nil while another process runs the server
	lock *os.File      // held by the process that runs the server
	stop func()        // ends the wait for another process's server
	done chan struct{} // closed when that wait has ended
}

// startLimit is how long Start waits for programs to be fetched, by this
// process or another one, and for the server to answer.
const startLimit = 5 * time.Minute

// Start returns when the server answers and database tanxu exists. A second
// process that calls it on the same folder shares the server, and takes it over
// when the first one ends; a second test cluster gets a folder of its own, named
// StateDir-2. It returns an Unavailable error, whose text says what to install,
// where no programs can be had.
func Start(ctx context.Context, o Options) (*Cluster, error) {
	if o.Log == nil {
		o.Log = func(string, ...any) {}
	}
	if o.DatabaseURL != "" {
		o.Log("database: a URL is given: used as it is, nothing is started")
		return &Cluster{url: o.DatabaseURL}, nil
	}
	o.Log("database: no URL is given: a private cluster is used")

	state, err := filepath.Abs(cmp.Or(o.StateDir, filepath.Join(".local", "pg")))
	if err != nil {
		return nil, fmt.Errorf("find the state folder: %w", err)
	}
	o.StateDir = state
	if o.Root, err = filepath.Abs(cmp.Or(o.Root, filepath.Join(state, "root"))); err != nil {
		return nil, fmt.Errorf("find the folder of programs: %w", err)
	}
	ctx, cancel := context.WithTimeout(ctx, startLimit)
	defer cancel()
	if o.Test {
		return startTest(ctx, o)
	}
	c, err := newCluster(o)
	if err != nil {
		return nil, err
	}
	return c, c.join(ctx)
}

// startTest runs a cluster that is not shared, since each run of the tests
// sweeps what the one before has left.
func startTest(ctx context.Context, o Options) (*Cluster, error) {
	first := o.StateDir
	for i := 2; ; i++ {
		c, err := newCluster(o)
		if err != nil {
			return nil, err
		}
		if run, err := c.tryRun(ctx); run || err != nil {
			return c, err
		}
		o.StateDir = fmt.Sprintf("%s-%d", first, i)
	}
}

// newCluster makes the state folder.
func newCluster(o Options) (*Cluster, error) {
	if err := os.MkdirAll(o.StateDir, 0o755); err != nil {
		return nil, fmt.Errorf("make the state folder: %w", err)
	}
	socket := socketDir(o.StateDir)
	return &Cluster{opt: o, data: filepath.Join(o.StateDir, "data"), socket: socket, url: socketURL(socket, "tanxu")}, nil
}

// URL returns the superuser's URL of database tanxu.
func (c *Cluster) URL() string { return c.url }

// Shared says whether another process runs the server at the moment.
func (c *Cluster) Shared() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.srv == nil
}

// Stop ends the server if this process runs it. Further calls do nothing.
func (c *Cluster) Stop() {
	if c.stop != nil {
		c.stop()
		<-c.done
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.srv != nil {
		c.srv.stop()
		c.srv = nil
	}
	if c.lock != nil {
		c.lock.Close()
		c.lock = nil
	}
}

// join runs the server, or waits until the process that does has it ready.
func (c *Cluster) join(ctx context.Context) error {
	tick := time.NewTicker(100 * time.Millisecond)
	defer tick.Stop()
	for said := false; ; {
		run, err := c.tryRun(ctx)
		if run || err != nil {
			return err
		}
		if !said {
			c.opt.Log("database: another process runs the server of %s: shared", c.opt.StateDir)
			said = true
		}
		if ping(ctx, c.url) == nil {
			c.succeed()
			return nil
		}
		select {
		case <-ctx.Done():
			return need.Errorf(need.Unavailable, "database_down", "wait for the server that another process starts in %s: %w", c.opt.StateDir, ctx.Err())
		case <-tick.C:
		}
	}
}

// tryRun runs the server unless another process holds the lock.
func (c *Cluster) tryRun(ctx context.Context) (bool, error) {
	lock, err := tryLock(filepath.Join(c.opt.StateDir, "lock"))
	if lock == nil || err != nil {
		return false, err
	}
	srv, err := c.run(ctx)
	if err != nil {
		lock.Close()
		return true, err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.srv, c.lock = srv, lock
	return true, nil
}

// succeed takes the server over when the process that runs it ends, however it
// ends; connection pools then find a server at the same socket again.
func (c *Cluster) succeed() {
	ctx, cancel := context.WithCancel(context.Background())
	c.stop, c.done = cancel, make(chan struct{})
	go func() {
		defer close(c.done)
		tick := time.NewTicker(250 * time.Millisecond)
		defer tick.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case <-tick.C:
			}
			run, err := c.tryRun(ctx)
			if err != nil {
				c.opt.Log("database: take over the server: %v", err)
			}
			if run {
				return
			}
		}
	}()
}

// run finds programs, makes the data if there is none, and starts the server.
// A test cluster that is of another PostgreSQL, or broken, is made anew.
func (c *Cluster) run(ctx context.Context) (*server, error) {
	major := majorOf(c.data)
	if c.opt.Test {
		major = 0
	}
	progs, err := find(ctx, c.opt, major)
	if err != nil {
		return nil, err
	}
	if c.opt.Test && majorOf(c.data) != progs.major {
		if err := os.RemoveAll(c.data); err != nil {
			return nil, fmt.Errorf("remove the test cluster: %w", err)
		}
	}
	srv, err := c.launch(ctx, progs)
	if err != nil && c.opt.Test && ctx.Err() == nil {
		c.opt.Log("database: the test cluster does not start, so it is made anew: %v", err)
		if err := os.RemoveAll(c.data); err != nil {
			return nil, fmt.Errorf("remove the test cluster: %w", err)
		}
		srv, err = c.launch(ctx, progs)
	}
	return srv, err
}

// launch makes the data if there is none, and starts the server.
func (c *Cluster) launch(ctx context.Context, progs programs) (*server, error) {
	if err := c.initdb(progs); err != nil {
		return nil, err
	}
	srv, err := c.serve(ctx, progs)
	if err != nil {
		return nil, err
	}
	if err := c.prepare(ctx); err != nil {
		srv.stop()
		return nil, err
	}
	return srv, nil
}

// socketDir returns a folder for the socket of the cluster in state. A socket's
// path has about 100 bytes at most, so a deep state gets a short folder
// elsewhere, named after it.
func socketDir(state string) string {
	const name = len("/.s.PGSQL.5432.lock")
	dir := filepath.Join(state, "run")
	if len(dir)+name > 100 {
		dir = filepath.Join(os.TempDir(), fmt.Sprintf("tanxu-%x", sha256.Sum256([]byte(state)))[:len("tanxu-")+12])
	}
	return dir
}

// socketURL returns the superuser's URL of a database behind the socket.
func socketURL(socket, database string) string {
	q := url.Values{"host": {socket}, "port": {"5432"}}
	return (&url.URL{Scheme: "postgres", User: url.User(superuser), Path: "/" + database, RawQuery: q.Encode()}).String()
}
