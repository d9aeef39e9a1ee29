package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"tanxu/api"
	"tanxu/demo"
	"tanxu/need"
	"tanxu/postgres"
)

// demoLogin signs in to the demo's console; its password is made once and kept
// in the state folder.
const demoLogin = "demo"

// loadDemo puts the demo centre in the database, once, and returns the password
// of its broker.
func (a *app) loadDemo(ctx context.Context) (password string, err error) {
	if a.cfg.root() != demo.Root {
		return "", fmt.Errorf("the demo centre lies at %s, TANXU_CENTRE at %s", demo.Root, a.cfg.root())
	}
	file := filepath.Join(a.cfg.State, "demo-password")
	scope := need.Scope{Path: demo.Root, Actor: need.System}
	user, err := a.store.UserByLogin(ctx, scope, demoLogin)
	known := err == nil
	if err != nil && need.KindOf(err) != need.NotFound {
		return "", err
	}
	if !known {
		if err := demo.Load(ctx, a.store, a.library); err != nil {
			return "", err
		}
	}
	text, err := os.ReadFile(file)
	if err == nil && known {
		return strings.TrimSpace(string(text)), nil
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return "", fmt.Errorf("read the demo's password: %w", err)
	}
	password = strings.ToLower(rand.Text()[:16])
	hash, err := api.HashPassword(password)
	if err != nil {
		return "", fmt.Errorf("hash the demo's password: %w", err)
	}
	if known {
		_, err = a.store.SetPassword(ctx, scope, user.ID, hash)
	} else {
		_, err = a.store.CreateUser(ctx, scope, postgres.User{
			Centre: demo.Root, Login: demoLogin, Name: "演示经纪人", Role: "admin", Password: hash,
		})
	}
	if err != nil {
		return "", err
	}
	if err := os.WriteFile(file, []byte(password+"\n"), 0o600); err != nil {
		return "", fmt.Errorf("keep the demo's password: %w", err)
	}
	return password, nil
}

// interviewDemo has the demo's contacts interviewed by the running service, but
// for those who were already, and matches what they need.
func (a *app) interviewDemo(ctx context.Context, base string) error {
	scope := need.Scope{Path: demo.Root, Actor: need.System}
	done, err := a.demoFirms(ctx, scope)
	if err != nil {
		return err
	}
	if err := demo.Interview(ctx, base, done); err != nil {
		return err
	}
	list, _, err := a.store.Needs(ctx, scope, postgres.NeedFilter{Statuses: []need.Status{need.StatusReview}}, postgres.Page{Limit: 100})
	if err != nil {
		return err
	}
	for _, n := range list {
		if done[n.Org] || !strings.HasSuffix(n.Org, demo.Made) {
			continue
		}
		if _, err := a.Match(ctx, scope, n.ID); err != nil {
			return fmt.Errorf("match need %s: %w", n.ID, err)
		}
	}
	return nil
}

// demoFirms are the firms whose interviews are finished.
func (a *app) demoFirms(ctx context.Context, scope need.Scope) (map[string]bool, error) {
	firms := map[string]bool{}
	filter := postgres.ConversationFilter{Status: "done", Query: demo.Made}
	for cursor := ""; ; {
		list, next, err := a.store.Conversations(ctx, scope, filter, postgres.Page{Cursor: cursor, Limit: 100})
		if err != nil {
			return nil, err
		}
		for _, c := range list {
			firms[c.Org] = true
		}
		if next == "" {
			return firms, nil
		}
		cursor = next
	}
}
