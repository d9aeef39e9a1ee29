package main

import (
	"bufio"
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"tanxu/api"
	"tanxu/need"
	"tanxu/postgres"
)

// newAdmin makes what nobody can make over the API before it exists: the first
// centre, user, key and invitation.
func newAdmin() *cobra.Command {
	admin := &cobra.Command{Use: "admin", Short: "Add centres, users, API keys and invitations"}
	admin.AddCommand(newAdminCentre(), newAdminUser(), newAdminKey(), newAdminInvite())
	return admin
}

// adminCommand is a subcommand that works on the store as the operator.
func adminCommand(use, short string, run func(ctx context.Context, cmd *cobra.Command, s *postgres.Store, scope need.Scope) error) *cobra.Command {
	return &cobra.Command{
		Use: use, Short: short, Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			cfg, log, err := configured(cmd.ErrOrStderr(), "warn")
			if err != nil {
				return err
			}
			return withApp(cmd.Context(), cfg, log, func(ctx context.Context, a *app) error {
				return run(ctx, cmd, a.store, need.Scope{Path: cfg.root(), Actor: "operator"})
			})
		},
	}
}

func newAdminCentre() *cobra.Command {
	var c postgres.Centre
	cmd := adminCommand("centre", "Add a centre, or rename it", func(ctx context.Context, _ *cobra.Command, s *postgres.Store, scope need.Scope) error {
		return s.PutCentre(ctx, scope, c)
	})
	cmd.Flags().StringVar((*string)(&c.Path), "path", "", "place in the tree, such as jx/gz/")
	cmd.Flags().StringVar(&c.Kind, "kind", "city", "province, city or institute")
	cmd.Flags().StringVar(&c.NameZH, "name", "", "Chinese name")
	cmd.Flags().StringVar(&c.NameEN, "name-en", "", "English name")
	return cmd
}

func newAdminUser() *cobra.Command {
	var u postgres.User
	var stdin bool
	cmd := adminCommand("user", "Add a user of the console and print a link by which the password is chosen", func(ctx context.Context, cmd *cobra.Command, s *postgres.Store, scope need.Scope) error {
		if stdin {
			line, err := bufio.NewReader(cmd.InOrStdin()).ReadString('\n')
			if password := strings.TrimRight(line, "\r\n"); len([]rune(password)) < 12 {
				return fmt.Errorf("the password needs 12 characters or more (read: %w)", err)
			} else if u.Password, err = api.HashPassword(password); err != nil {
				return err
			}
			u.MustChange = true
		}
		made, err := s.CreateUser(ctx, scope, u)
		if err != nil || stdin {
			return err
		}
		token, err := s.NewUserLink(ctx, scope, made.ID, time.Now().AddDate(0, 0, 7))
		if err == nil {
			fmt.Fprintln(cmd.OutOrStdout(), "/console/welcome#"+token)
		}
		return err
	})
	cmd.Flags().StringVar((*string)(&u.Centre), "centre", "", "path of the user's centre")
	cmd.Flags().StringVar(&u.Login, "login", "", "name to sign in with, lower case")
	cmd.Flags().StringVar(&u.Name, "name", "", "name as others see it")
	cmd.Flags().StringVar(&u.Role, "role", "broker", "broker, manager, admin or auditor")
	cmd.Flags().BoolVar(&stdin, "password-stdin", false, "read a first password, which has to be changed, from standard input")
	return cmd
}

func newAdminKey() *cobra.Command {
	var k postgres.APIKey
	var days int
	cmd := adminCommand("key", "Make an API key and print it, this once", func(ctx context.Context, cmd *cobra.Command, s *postgres.Store, scope need.Scope) error {
		if days > 0 {
			until := time.Now().AddDate(0, 0, days)
			k.Expires = &until
		}
		_, secret, err := s.CreateAPIKey(ctx, scope, k)
		if err == nil {
			fmt.Fprintln(cmd.OutOrStdout(), secret)
		}
		return err
	})
	cmd.Flags().StringVar((*string)(&k.Centre), "centre", "", "path of the key's centre")
	cmd.Flags().StringVar(&k.Name, "name", "", "what it is for")
	cmd.Flags().StringSliceVar(&k.Scopes, "scopes", []string{"needs:read"}, "needs:read, needs:write, conversations:read, conversations:write, library:read, library:write, admin, audit")
	cmd.Flags().IntVar(&days, "days", 365, "until it expires; 0: never")
	return cmd
}

func newAdminInvite() *cobra.Command {
	var i postgres.Invite
	cmd := adminCommand("invite", "Make an invitation link of a centre", func(ctx context.Context, cmd *cobra.Command, s *postgres.Store, scope need.Scope) error {
		return s.PutInvite(ctx, scope, i)
	})
	cmd.Flags().StringVar((*string)(&i.Centre), "centre", "", "path of the centre")
	cmd.Flags().StringVar(&i.Token, "token", "", "what stands in the link: /c/TOKEN; letters, digits, _ and -")
	cmd.Flags().StringVar(&i.Label, "label", "", "what it is for")
	return cmd
}
