package main

import (
	"context"

	"tanxu/postgres"
	"tanxu/webhook"
)

// openWebhooks makes the client that tells other systems what happens.
func (a *app) openWebhooks() error {
	allowed, err := a.cfg.webhookAllow()
	if err != nil {
		return err
	}
	a.hooks = webhook.NewClient(webhook.Options{Local: a.cfg.Dev || a.cfg.Demo, Allowed: allowed})
	a.closers = append(a.closers, a.hooks.Close)
	return nil
}

// messenger sends what jobs have to tell.
type messenger struct{ client *webhook.Client }

// Post implements jobs.Messenger.
func (m messenger) Post(ctx context.Context, d postgres.Due) (code int, answer string, err error) {
	a, err := m.client.Send(ctx, webhook.Message{ID: d.ID, URL: d.URL, Secret: d.Secret, Body: d.Body})
	return a.Code, a.Text, err
}
