# The targets people and CI use. `make run` is all it takes on a fresh machine with Rust.

.PHONY: run demo test test-quick check bench fmt

CARGO := cargo
# cargo-deny and cargo-machete, where scripts/setup-dev puts them.
export PATH := $(CURDIR)/target/tools/bin:$(PATH)

# Serves on http://127.0.0.1:8080, with people and conversations that are made up.
run:
	scripts/setup
	$(CARGO) run --release -- serve --demo

# Plays a day through the real API, on a folder that is thrown away. The example starts the
# program that stands beside it, so that is built first.
demo:
	scripts/setup
	$(CARGO) build --release --bin anamnesis
	$(CARGO) run --release --example day

# Everything, with nextest where it is installed.
test:
	scripts/setup
	@if $(CARGO) nextest --version >/dev/null 2>&1; \
	then $(CARGO) nextest run --workspace; \
	else $(CARGO) test --workspace --lib --bins --tests; fi
	$(CARGO) test --workspace --doc

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

# The speed goals beside their limits; `make bench ROW=appends` measures one of them.
bench:
	scripts/setup
	ROW=$(ROW) $(CARGO) bench --bench speed

fmt:
	$(CARGO) fmt --all
