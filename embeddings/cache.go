package embeddings

import (
	"container/list"
	"context"
	"crypto/sha256"
	"sync"
)

// Cache returns an Embedder that remembers the last size vectors of e, so that
// a query which comes again, and again with each page, costs nothing. The
// vectors it returns are shared: callers must not change them.
func Cache(e Embedder, size int) Embedder {
	return &cache{next: e, size: size, order: list.New(), byKey: map[cacheKey]*list.Element{}}
}

type cacheKey [sha256.Size]byte

type cacheEntry struct {
	key    cacheKey
	vector []float32
}

type cache struct {
	next Embedder
	size int

	mu    sync.Mutex
	order *list.List // of cacheEntry, the newest first
	byKey map[cacheKey]*list.Element
}

// Model implements Embedder.
func (c *cache) Model() Model { return c.next.Model() }

// Embed implements Embedder: only texts that are not remembered reach the
// model, each once a call.
func (c *cache) Embed(ctx context.Context, kind Kind, texts []string) ([][]float32, error) {
	out := make([][]float32, len(texts))
	keys := make([]cacheKey, len(texts))
	missing := map[cacheKey]int{} // key → place in wanted
	var wanted []string
	for i, text := range texts {
		keys[i] = sha256.Sum256([]byte(string(kind) + "\n" + text))
		if out[i] = c.get(keys[i]); out[i] != nil {
			continue
		}
		if _, seen := missing[keys[i]]; !seen {
			missing[keys[i]] = len(wanted)
			wanted = append(wanted, text)
		}
	}
	if len(wanted) == 0 {
		return out, nil
	}
	vectors, err := c.next.Embed(ctx, kind, wanted)
	if err != nil {
		return nil, err
	}
	for i, key := range keys {
		if out[i] == nil {
			out[i] = vectors[missing[key]]
			c.put(key, out[i])
		}
	}
	return out, nil
}

func (c *cache) get(key cacheKey) []float32 {
	c.mu.Lock()
	defer c.mu.Unlock()
	at, ok := c.byKey[key]
	if !ok {
		return nil
	}
	c.order.MoveToFront(at)
	return at.Value.(cacheEntry).vector
}

func (c *cache) put(key cacheKey, vector []float32) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if at, ok := c.byKey[key]; ok {
		c.order.MoveToFront(at)
		return
	}
	c.byKey[key] = c.order.PushFront(cacheEntry{key, vector})
	for len(c.byKey) > c.size {
		last := c.order.Back()
		delete(c.byKey, c.order.Remove(last).(cacheEntry).key)
	}
}
