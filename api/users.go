package api

import (
	"context"
	"strings"
	"time"

	"tanxu/need"
	"tanxu/postgres"
)

// users is what the handler of accounts asks of storage.
type users interface {
	Users(ctx context.Context, scope need.Scope) ([]postgres.User, error)
	CreateUser(ctx context.Context, scope need.Scope, u postgres.User) (postgres.User, error)
	ChangeUser(ctx context.Context, scope need.Scope, id string, c postgres.UserChange) (postgres.User, error)
	NewUserLink(ctx context.Context, scope need.Scope, id string, ends time.Time) (token string, err error)
	Centre(ctx context.Context, scope need.Scope, path need.CentrePath) (postgres.Centre, error)
}

// userHandler looks after the accounts of a centre and those below it.
type userHandler struct{ users users }

// linkTime is how long a link to choose a password works.
const linkTime = 7 * 24 * time.Hour

// ListUsers handles GET /users.
func (h *userHandler) ListUsers(ctx context.Context, _ ListUsersRequestObject) (ListUsersResponseObject, error) {
	list, err := h.users.Users(ctx, scopeOf(ctx))
	if err != nil {
		return nil, err
	}
	page := ListUsers200JSONResponse{Items: make([]User, 0, len(list))}
	for _, u := range list {
		page.Items = append(page.Items, userOf(u))
	}
	return page, nil
}

// CreateUser handles POST /users. Nobody but the user ever knows the password:
// it is chosen by the link.
func (h *userHandler) CreateUser(ctx context.Context, in CreateUserRequestObject) (CreateUserResponseObject, error) {
	who := callerOf(ctx)
	u := postgres.User{Centre: who.centre, Login: in.Body.Login, Name: strings.TrimSpace(in.Body.Name), Role: string(in.Body.Role)}
	if in.Body.CentrePath != nil {
		u.Centre = need.CentrePath(*in.Body.CentrePath)
	}
	if _, err := h.users.Centre(ctx, who.scope(), u.Centre); err != nil {
		return nil, err
	}
	u, err := h.users.CreateUser(ctx, who.scope(), u)
	if err != nil {
		return nil, err
	}
	made, err := h.link(ctx, who, u)
	return CreateUser201JSONResponse(made), err
}

// ChangeUser handles PATCH /users/{id}. Nobody can shut himself or herself out.
func (h *userHandler) ChangeUser(ctx context.Context, in ChangeUserRequestObject) (ChangeUserResponseObject, error) {
	who := callerOf(ctx)
	change := postgres.UserChange{
		Name: in.Body.Name, Role: (*string)(in.Body.Role), Disabled: in.Body.Disabled,
		Centre: (*need.CentrePath)(in.Body.CentrePath), NoTOTP: in.Body.Totp != nil,
	}
	if who.id == in.ID.String() && (change.Role != nil || change.Disabled != nil || change.Centre != nil) {
		return nil, need.Errorf(need.Conflict, "user_self", "user %s would shut the own account out", who.id)
	}
	if change.Centre != nil {
		if _, err := h.users.Centre(ctx, who.scope(), *change.Centre); err != nil {
			return nil, err
		}
	}
	u, err := h.users.ChangeUser(ctx, who.scope(), in.ID.String(), change)
	if err != nil {
		return nil, err
	}
	return ChangeUser200JSONResponse(userOf(u)), nil
}

// LinkUser handles POST /users/{id}/link.
func (h *userHandler) LinkUser(ctx context.Context, in LinkUserRequestObject) (LinkUserResponseObject, error) {
	who := callerOf(ctx)
	u, err := h.users.ChangeUser(ctx, who.scope(), in.ID.String(), postgres.UserChange{})
	if err != nil {
		return nil, err
	}
	if u.Disabled != nil {
		return nil, need.Errorf(need.Conflict, "user_disabled", "user %s is disabled", u.ID)
	}
	made, err := h.link(ctx, who, u)
	return LinkUser201JSONResponse(made), err
}

func (h *userHandler) link(ctx context.Context, who *caller, u postgres.User) (UserCreated, error) {
	ends := time.Now().Add(linkTime)
	token, err := h.users.NewUserLink(ctx, who.scope(), u.ID, ends)
	return UserCreated{User: userOf(u), Token: token, ExpiresAt: ends}, err
}

func userOf(u postgres.User) User {
	return User{
		ID: uuidOf(u.ID), Login: u.Login, Name: u.Name, Role: Role(u.Role), CentrePath: string(u.Centre),
		Invited: u.Password == "" && u.Subject == nil, Totp: u.TOTP != "", CreatedAt: u.Created, DisabledAt: u.Disabled,
	}
}
