package api

import (
	"context"
	"slices"
	"strings"

	"github.com/gin-gonic/gin"

	"tanxu/need"
	"tanxu/postgres"
)

// accounts is how callers are recognised.
type accounts interface {
	Root() need.Scope
	Authenticate(ctx context.Context, token string) (postgres.APIKey, error)
	User(ctx context.Context, scope need.Scope, id string) (postgres.User, error)
}

// caller is who asks: a user by session, or a program by key.
type caller struct {
	kind   MeKind
	id     string
	name   string
	role   string
	centre need.CentrePath
	scopes []string
	user   postgres.User // of a session; the zero value for keys
}

// scope is what the caller may see, and as whom he or she acts.
func (c *caller) scope() need.Scope {
	return need.Scope{Path: c.centre, Actor: need.Actor("broker:" + c.id)}
}

// may reports whether the caller has the scope.
func (c *caller) may(s Scope) bool { return slices.Contains(c.scopes, string(s)) }

type callerKey struct{}

// callerOf returns who makes the request; authenticate has put it there for
// every operation that is not public.
func callerOf(ctx context.Context) *caller {
	who, _ := ctx.Value(callerKey{}).(*caller)
	return who
}

// scopeOf is what the caller of a request may see.
func scopeOf(ctx context.Context) need.Scope { return callerOf(ctx).scope() }

// scopesOf lists what each role may do. Managers look, auditors also at what
// others did, brokers work, admins hand out accounts and keys too.
func scopesOf(role string) []string {
	read := []string{string(ScopeNeedsRead), string(ScopeConversationsRead), string(ScopeLibraryRead)}
	write := []string{string(ScopeNeedsWrite), string(ScopeConversationsWrite), string(ScopeLibraryWrite)}
	switch role {
	case "manager":
		return read
	case "auditor":
		return append(read, string(ScopeAudit))
	case "broker":
		return append(read, write...)
	case "admin":
		return append(append(read, write...), string(ScopeAdmin), string(ScopeAudit))
	default:
		return nil
	}
}

// authenticate finds out who calls and whether the operation is open to them.
func (s *server) authenticate(c *gin.Context) {
	op := s.ops.find(c)
	if c.GetHeader("Authorization") == "" {
		// A browser sends the cookie whoever asks it to: only our own pages may.
		if err := s.csrf.Check(c.Request); err != nil {
			s.problems.fail(c, need.Errorf(need.Denied, "cross_origin", "cross-origin request: %w", err))
			return
		}
	}
	if op.scope == scopePublic {
		return
	}
	address := "address " + c.ClientIP()
	if !s.failures.fresh(address) {
		s.problems.fail(c, tooMany(s.failures, "too many failed attempts from %s", address))
		return
	}
	who, err := s.recognise(c)
	if err != nil {
		if need.KindOf(err) == need.Denied {
			s.failures.take(address)
		}
		s.problems.fail(c, err)
		return
	}
	c.Request = c.Request.WithContext(context.WithValue(c.Request.Context(), callerKey{}, who))
	if who.user.MustChange && !strings.HasPrefix(op.route.Path, "/auth/") {
		s.problems.fail(c, need.Errorf(need.Denied, "password_change_required", "user %s has a password of somebody else's choice", who.id))
		return
	}
	if !op.allows(who.scopes) {
		s.problems.fail(c, need.Errorf(need.Denied, "scope_missing", "%s %s lacks scope %s", who.kind, who.id, op.scope))
	}
}

// recognise reads the key or the session of a request.
func (s *server) recognise(c *gin.Context) (*caller, error) {
	if header := c.GetHeader("Authorization"); header != "" {
		return s.keyCaller(c, header)
	}
	cookie, err := c.Request.Cookie(s.sessionHandler.cookieName(c.Request))
	if err != nil {
		return nil, need.Errorf(need.Denied, "unauthenticated", "neither a key nor a session")
	}
	// A stream that is open all day is no sign that somebody is there.
	user, err := s.sessionHandler.user(c.Request.Context(), cookie.Value, !s.ops.find(c).stream)
	if err != nil {
		return nil, err
	}
	return userCaller(user), nil
}

func userCaller(u postgres.User) *caller {
	return &caller{kind: MeKindUser, id: u.ID, name: u.Name, role: u.Role, centre: u.Centre, scopes: scopesOf(u.Role), user: u}
}

func (s *server) keyCaller(c *gin.Context, header string) (*caller, error) {
	token, ok := strings.CutPrefix(header, "Bearer ")
	if !ok {
		return nil, need.Errorf(need.Denied, "unauthenticated", "authorization is no bearer token")
	}
	key, err := s.accounts.Authenticate(c.Request.Context(), token)
	switch {
	case need.KindOf(err) == need.Denied:
		return nil, need.Errorf(need.Denied, "unauthenticated", "%w", err)
	case err != nil:
		return nil, err
	}
	return &caller{
		kind: MeKindAPIKey, id: key.ID, name: key.Name, centre: key.Centre, scopes: slices.Clone(key.Scopes),
	}, nil
}

// isNotFound reports whether err says that something is not there.
func isNotFound(err error) bool { return err != nil && need.KindOf(err) == need.NotFound }
