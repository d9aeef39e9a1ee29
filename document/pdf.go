package document

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/klippa-app/go-pdfium"
	pdferrors "github.com/klippa-app/go-pdfium/errors"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"
	"github.com/klippa-app/go-pdfium/webassembly"
	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/experimental"

	"tanxu/need"
)

// pdfStart bounds how long the reader of PDF files may take to start.
const pdfStart = time.Minute

// readPDF reads the text of a PDF file, page by page, in a WebAssembly machine
// that sees no files and no network.
func readPDF(ctx context.Context, b *builder, data []byte) error {
	pool, err := webassembly.Init(webassembly.Config{
		MinIdle: 1, MaxIdle: 1, MaxTotal: 1, Context: ctx, RuntimeConfig: machineFor(data),
		FSConfig: wazero.NewFSConfig(), Stdout: io.Discard, Stderr: io.Discard,
	})
	if err != nil {
		return fmt.Errorf("start the PDF reader: %w", err)
	}
	defer pool.Close() //nolint:errcheck // nothing in it is kept
	machine, err := pool.GetInstance(pdfStart)
	if err != nil {
		return fmt.Errorf("start the PDF reader: %w", err)
	}
	doc, err := machine.OpenDocument(&requests.OpenDocument{File: &data})
	switch {
	case errors.Is(err, pdferrors.ErrPassword), errors.Is(err, pdferrors.ErrSecurity):
		return need.Errorf(need.Invalid, CodeEncrypted, "%s wants a password", b.doc.Name)
	case err != nil:
		return b.corrupt("open it", err)
	}
	count, err := machine.FPDF_GetPageCount(&requests.FPDF_GetPageCount{Document: doc.Document})
	if err != nil {
		return b.corrupt("count the pages", err)
	}
	return readPages(ctx, b, machine, doc.Document, count.PageCount)
}

// smallPDF is up to which size a file is read before the machine would be
// compiled: that takes seconds, reading without it a tenth of a second a page.
const smallPDF = 512 << 10

// machineFor says how the machine runs for this file.
func machineFor(data []byte) wazero.RuntimeConfig {
	c := wazero.NewRuntimeConfig()
	if len(data) <= smallPDF {
		c = wazero.NewRuntimeConfigInterpreter()
	}
	return c.WithCoreFeatures(api.CoreFeaturesV2 | experimental.CoreFeaturesExceptionHandling)
}

func readPages(ctx context.Context, b *builder, machine pdfium.Pdfium, doc references.FPDF_DOCUMENT, pages int) error {
	if pages > b.o.MaxPages {
		return need.Errorf(need.Invalid, CodePages, "%s has %d pages, over %d", b.doc.Name, pages, b.o.MaxPages)
	}
	var unread []string
	for i := range pages {
		if err := ctx.Err(); err != nil {
			return err
		}
		place := fmt.Sprintf("page=%d", i+1)
		got, err := machine.GetPageText(&requests.GetPageText{Page: requests.Page{ByIndex: &requests.PageByIndex{Document: doc, Index: i}}})
		if err != nil || clean(got.Text) == "" {
			unread = append(unread, place)
			continue
		}
		if err := b.block(Block{Place: place, Text: reflow(clean(got.Text))}); err != nil {
			return err
		}
	}
	if pages > 0 && len(unread) == pages {
		return need.Errorf(need.Invalid, CodeScanned, "no page of %s has any text", b.doc.Name)
	}
	for _, place := range unread {
		b.note(PageUnread, place)
	}
	return nil
}
