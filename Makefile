# The targets people and CI use. `make run` is all it takes on a fresh machine with Rust.

.PHONY: run demo web test test-quick test-web check bench screenshots fmt

CARGO := cargo
# cargo-deny and cargo-machete, where scripts/setup-dev puts them.
export PATH := $(CURDIR)/target/tools/bin:$(PATH)

# Serves on http://127.0.0.1:8080, with people and conversations that are made up. Without Node
# there is the API, and no web client.
run:
	scripts/setup
	@$(MAKE) --no-print-directory web || echo "going on without the web client" >&2
	$(CARGO) run --release -- serve --demo

# Plays a day through the real API, on a folder that is thrown away. The example starts the
# program that stands beside it, so that is built first.
demo:
	scripts/setup
	$(CARGO) build --release --bin anamnesis
	$(CARGO) run --release --example day

# The web client, which becomes a part of the program that is built next.
web:
	scripts/setup-web
	cd web && npm run --silent build

# Everything, with nextest where it is installed.
test: web
	scripts/setup
	@if $(CARGO) nextest --version >/dev/null 2>&1; \
	then $(CARGO) nextest run --workspace; \
	else $(CARGO) test --workspace --lib --bins --tests; fi
	$(CARGO) test --workspace --doc
	scripts/setup-web --browser
	cd web && npm run --silent test && npm run --silent e2e

# Only the web client: by itself, and in a real browser against the real program.
test-web: web
	scripts/setup
	scripts/setup-web --browser
	$(CARGO) build --bin anamnesis
	cd web && npm run --silent test && npm run --silent e2e

# A picture of every page, on a wide screen and on a phone, in target/screenshots.
screenshots: web
	scripts/setup
	scripts/setup-web --browser
	$(CARGO) build --bin anamnesis
	cd web && npm run --silent screenshots

# Only what needs no database and no other process: seconds, for while you write.
test-quick:
	$(CARGO) test --workspace --lib
	$(CARGO) test -p anamnesis-domain

check:
	scripts/setup-dev
	$(CARGO) fmt --all -- --check
	$(CARGO) clippy --workspace --all-targets -- -D warnings
	RUSTDOCFLAGS="-D warnings" $(CARGO) doc --workspace --no-deps --document-private-items
	cargo-deny check bans licenses sources
	cargo-machete
	$(CARGO) check --workspace --no-default-features
	scripts/setup-web
	cd web && npm run --silent check

# The speed goals beside their limits; `make bench ROW=appends` measures one of them.
bench:
	scripts/setup
	ROW=$(ROW) $(CARGO) bench --bench speed

fmt:
	$(CARGO) fmt --all
	scripts/setup-web
	cd web && npm run --silent fmt
