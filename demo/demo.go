// Package demo is a fictional centre to try the service with: Jiangxi's tree of
// centres, achievements, experts, finance products, and contacts who are
// interviewed by the service itself. All firms, people and figures are made up.
package demo

import (
	"bufio"
	"bytes"
	"context"
	"embed"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"golang.org/x/sync/errgroup"

	"tanxu/eval"
	"tanxu/need"
	"tanxu/postgres"
	"tanxu/rag"
)

//go:embed data
var data embed.FS

// Root is the path of the demo's province.
const Root need.CentrePath = "jx/"

// Invite is the province's invitation; those of the other centres are
// Invite followed by "-" and the last name of their path.
const Invite = "demo"

// Made stands behind the names of made-up firms.
const Made = "（虚构）"

// Library is where achievements go.
type Library interface {
	Put(ctx context.Context, scope need.Scope, list []need.Achievement) error
}

// Load puts centres, invitations and libraries in the store. It may be
// repeated: what is there is updated.
func Load(ctx context.Context, s *postgres.Store, lib Library) error {
	scope := need.Scope{Path: Root, Actor: need.System}
	if err := loadCentres(ctx, s, scope); err != nil {
		return err
	}
	achievements, err := read("achievements.jsonl", rag.ReadAchievements)
	if err != nil {
		return err
	}
	if err := lib.Put(ctx, scope, achievements); err != nil {
		return err
	}
	experts, err := read("experts.jsonl", rag.ReadExperts)
	if err != nil {
		return err
	}
	if err := s.PutExperts(ctx, scope, experts); err != nil {
		return err
	}
	products, err := read("finance_products.jsonl", rag.ReadFinanceProducts)
	if err != nil {
		return err
	}
	return s.PutFinanceProducts(ctx, scope, products)
}

func read[T any](name string, parse func(io.Reader, need.CentrePath) ([]T, error)) ([]T, error) {
	text, err := data.ReadFile("data/" + name)
	if err != nil {
		return nil, fmt.Errorf("demo: %w", err)
	}
	list, err := parse(bytes.NewReader(text), Root)
	if err != nil {
		return nil, fmt.Errorf("demo: read %s: %w", name, err)
	}
	return list, nil
}

func loadCentres(ctx context.Context, s *postgres.Store, scope need.Scope) error {
	text, err := data.ReadFile("data/centres.jsonl")
	if err != nil {
		return fmt.Errorf("demo: %w", err)
	}
	lines := bufio.NewScanner(bytes.NewReader(text))
	for lines.Scan() {
		var c struct {
			Path   need.CentrePath
			Kind   string
			NameZH string `json:"name_zh"`
			NameEN string `json:"name_en"`
		}
		if err := json.Unmarshal(lines.Bytes(), &c); err != nil {
			return fmt.Errorf("demo: read centres: %w", err)
		}
		if err := s.PutCentre(ctx, scope, postgres.Centre{Path: c.Path, Kind: c.Kind, NameZH: c.NameZH, NameEN: c.NameEN}); err != nil {
			return fmt.Errorf("demo: centre %s: %w", c.Path, err)
		}
		if err := s.PutInvite(ctx, scope, postgres.Invite{Token: invite(c.Path), Centre: c.Path, Label: c.NameZH}); err != nil {
			return fmt.Errorf("demo: invitation of %s: %w", c.Path, err)
		}
	}
	return lines.Err()
}

func invite(path need.CentrePath) string {
	name := strings.Trim(strings.TrimPrefix(string(path), string(Root)), "/")
	if name == "" {
		return Invite
	}
	return Invite + "-" + name
}

// contact is a made-up contact and the centre that interviews it.
type contact struct {
	eval.Persona
	Centre need.CentrePath `json:"centre"`
}

// Interview has the contacts interviewed by the service at base, over its chat
// API, several at a time. done names the firms that were interviewed before.
func Interview(ctx context.Context, base string, done map[string]bool) error {
	text, err := data.ReadFile("data/interviews.json")
	if err != nil {
		return fmt.Errorf("demo: %w", err)
	}
	var contacts []contact
	if err := json.Unmarshal(text, &contacts); err != nil {
		return fmt.Errorf("demo: read interviews: %w", err)
	}
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(4)
	for _, c := range contacts {
		if done[c.Firm] {
			continue
		}
		g.Go(func() error {
			s, err := eval.Interview(ctx, c.Persona, &eval.HTTPChat{Base: base, Invite: invite(c.Centre)})
			if err != nil {
				return fmt.Errorf("demo: %w", err)
			}
			if !s.Finished {
				return fmt.Errorf("demo: the interview of %s ended as %s", c.Firm, s.Status)
			}
			return nil
		})
	}
	return g.Wait()
}
