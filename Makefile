# The targets that people and CI use; `make help` lists them. What needs more
# than a line is in scripts/.
SHELL := /bin/sh
.DEFAULT_GOAL := help
PGRUN := go run ./internal/devpg/cmd/pgrun -test --
STATICCHECK := go tool -modfile=tools/go.mod staticcheck

.PHONY: up build web model check static test bench clean help

up: ## build what has changed and serve the demo centre; Ctrl-C stops all of it
	@scripts/fetch-model.sh .local/models & scripts/build.sh --pages-optional; code=$$?; wait; exit $$code
	@TANXU_DEMO=1 exec ./bin/tanxu up

build: ## the binary at bin/tanxu, web pages inside
	@scripts/build.sh

web: ## the web pages, if their sources have changed
	@scripts/web.sh

model: ## fetch the embedding model; without it matching goes by the table that is built in
	@scripts/fetch-model.sh .local/models

static: ## format, vet, lint, generated files up to date
	@scripts/static.sh

check: static ## static, then the import table and the fast tests; before each commit
	@$(PGRUN) go test -short ./...

test: ## everything: static, Go with the race detector where it pays, pages, browser
	@scripts/test.sh

bench: build ## the benchmarks: a table, and bench/latest.json
	@scripts/bench.sh

clean: ## remove what was built; the database under .local stays
	rm -rf bin web/node_modules bench/latest.json .local/stamps
	find web/dist -mindepth 1 ! -name index.html -delete

help: ## this list
	@sed -n 's/^\([a-z]*\):.*## /\1: /p' $(MAKEFILE_LIST) | awk -F': ' '{printf "make %-8s %s\n", $$1, $$2}'
