package api

import (
	"context"
	"strings"

	"github.com/gin-gonic/gin"

	"tanxu/need"
	"tanxu/postgres"
)

// audits keeps what was done.
type audits interface {
	PutAudit(ctx context.Context, a postgres.Audit) error
	ListAudit(ctx context.Context, scope need.Scope, f postgres.AuditFilter, p postgres.Page) ([]postgres.Audit, string, error)
}

// auditHandler shows auditors what was done.
type auditHandler struct{ audits audits }

// guestKey is where signing in leaves by what name somebody tried.
const guestKey = "audit.guest"

// audit writes down each call that changes something or hands out a file, once
// it is answered. A call that cannot be written down is logged with all that the
// row would have said: by then it has happened.
func (s *server) audit(c *gin.Context) {
	c.Next()
	op := s.ops.find(c)
	if !op.audited {
		return
	}
	a := postgres.Audit{
		Operation: op.route.Operation.OperationID, Object: strings.TrimPrefix(c.Request.URL.Path, prefix),
		Status: c.Writer.Status(), Address: c.ClientIP(), Centre: s.accounts.Root().Path,
	}
	if who := callerOf(c); who != nil {
		a.Actor, a.Name, a.Centre = string(who.kind)+" "+who.id, who.name, who.centre
	} else if a.Name = c.GetString(guestKey); a.Name != "" {
		a.Actor = "login " + a.Name
	} else {
		return // nobody: what was refused is in the log of requests, where a flood does less harm
	}
	// The client may have gone by now.
	ctx, cancel := context.WithTimeout(context.WithoutCancel(c.Request.Context()), s.opt.Timeout)
	defer cancel()
	if err := s.audits.PutAudit(ctx, a); err != nil {
		s.opt.Log.ErrorContext(ctx, "audit not written", "audit", a, "error", err)
	}
}

// signedInAs tells the audit who it was that came in.
func signedInAs(c *gin.Context, u postgres.User) {
	c.Request = c.Request.WithContext(context.WithValue(c.Request.Context(), callerKey{}, userCaller(u)))
}

// ListAudit handles GET /audit.
func (h *auditHandler) ListAudit(ctx context.Context, in ListAuditRequestObject) (ListAuditResponseObject, error) {
	f := postgres.AuditFilter{Query: value(in.Params.Q), Operation: value(in.Params.Operation), Refused: value(in.Params.Refused)}
	if in.Params.From != nil {
		f.From = in.Params.From.Time
	}
	if in.Params.To != nil {
		f.To = in.Params.To.AddDate(0, 0, 1)
	}
	list, next, err := h.audits.ListAudit(ctx, scopeOf(ctx), f, pageOf(in.Params.Cursor, in.Params.Limit))
	if err != nil {
		return nil, err
	}
	page := ListAudit200JSONResponse{Items: make([]Audit, 0, len(list)), NextCursor: nextOf(next)}
	for _, a := range list {
		page.Items = append(page.Items, Audit{
			ID: uuidOf(a.ID), At: a.At, Actor: a.Actor, Name: a.Name, Operation: a.Operation, Object: a.Object,
			Status: a.Status, Address: a.Address, CentrePath: string(a.Centre),
		})
	}
	return page, nil
}
