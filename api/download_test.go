package api_test

import (
	"mime"
	"net/http"
	"strings"
	"testing"

	"tanxu/need"
	"tanxu/postgres"
)

func TestAFileIsAnAttachmentAndNothingElse(t *testing.T) {
	t.Parallel()
	f := start(t)
	const name, page = "需求 \"表\".csv", "企业,需求\n甲公司,<script>alert(1)</script>\n"
	i, _, err := f.store.AddDocument(t.Context(), need.Scope{Path: ganzhou, Actor: "broker:1"}, "", name, []byte(page))
	must(t, err)
	broker, path := f.all(ganzhou), "/documents/"+i.Document+"/content"
	got := f.as(broker, call{method: "GET", path: path}).want(t, http.StatusOK, "")
	kind, params, err := mime.ParseMediaType(got.header.Get("Content-Disposition"))
	if err != nil || kind != "attachment" || params["filename"] != name {
		t.Errorf("disposition %q, %v", got.header.Get("Content-Disposition"), err)
	}
	for header, want := range map[string]string{
		"Content-Type": "application/octet-stream", "X-Content-Type-Options": "nosniff", "Cache-Control": "no-store",
		"Cross-Origin-Resource-Policy": "same-origin",
	} {
		if v := got.header.Get(header); v != want {
			t.Errorf("%s is %q, want %q", header, v, want)
		}
	}
	if !strings.Contains(got.header.Get("Content-Security-Policy"), "default-src 'none'") || got.text != page {
		t.Errorf("policy %q, content %q", got.header.Get("Content-Security-Policy"), got.text)
	}
	f.as(broker, call{method: "GET", path: "/documents/not-an-id/content"}).want(t, http.StatusNotFound, "not_found")
	f.as(f.all(nanchang), call{method: "GET", path: path}).want(t, http.StatusNotFound, "document_unknown")
}

func TestAFileOfATalkIsForThoseWhoMayReadIt(t *testing.T) {
	t.Parallel()
	f := start(t)
	talk := f.conversation()
	id, err := f.store.KeepFile(t.Context(), postgres.Turn{Centre: ganzhou, Conversation: need.ConversationID(talk)}, "工艺.txt", []byte("机密"))
	must(t, err)
	_, err = f.store.Accept(t.Context(), postgres.Inbound{
		Channel: "webchat", Bot: "b", Chat: talk, ID: talk + "/f", Kind: "file", Text: "文件：工艺.txt", Document: id, Invite: "gz",
	})
	must(t, err)
	path := "/documents/" + id + "/content"
	f.as(f.key(ganzhou, "needs:read"), call{method: "GET", path: path}).want(t, http.StatusForbidden, "scope_missing")
	if got := f.as(f.key(ganzhou, "needs:read", "conversations:read"), call{method: "GET", path: path}).want(t, http.StatusOK, ""); got.text != "机密" {
		t.Errorf("content %q", got.text)
	}
}
