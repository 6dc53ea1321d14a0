# Two commands: `make run` starts the portal with its demo, `make test` proves it. `make help` lists the others.
PYTHON ?= python3
VENV := .venv/bin
export PYTHONUTF8 := 1
export LANG := $(if $(LANG),$(LANG),C.UTF-8)
RUN := $(PYTHON) -m scripts

.DEFAULT_GOAL := help
.PHONY: help setup run test pytest coverage lint fix demo prove duties mutate-rules lock fonts test-bare clean

help:
	@sed -n 's/^\([a-z%-]*\):.*## /\1 \t/p' $(MAKEFILE_LIST)

setup:  ## install everything the portal needs on this machine
	@$(RUN).install

run:  ## set up, load the demo, serve it; Ctrl-C ends it (PORT=8000)
	@$(RUN).run

test:  ## set up and run every check and test on PostgreSQL, Redis and Chromium of its own
	@$(RUN).run_tests

pytest:  ## only tests, on servers of their own: make pytest ARGS="tests/review -x"
	@$(RUN).run_tests --pytest $(ARGS)

prove:  ## the counted proofs (kills, races, mutations, draws, ballots, load) at full count
	@PROVE=1 $(RUN).run_tests --prove

coverage:  ## the suite once, slowly, and the lines and branches that it does not reach
	@$(RUN).run_tests --coverage

lint:  ## only the checks that need no database
	@$(RUN).run_tests --lint

fix:  ## let ruff mend and format
	@$(RUN).install --development --no-database
	@$(VENV)/ruff check --fix . ; $(VENV)/ruff format .

demo:  ## play a whole round without a server; writes var/demo/*.pdf
	@$(RUN).demo

duties:  ## duties of the notices that a test shows, of all
	@$(RUN).duties

mutate-rules:  ## change every leaf of the policies' packs, one at a time: does a case notice?
	@$(RUN).install --development --no-database
	@$(VENV)/python -m scripts.mutate_rules

bench-%:  ## the portal and its rules against bare yardsticks: make bench-pages, make bench-pdf, make bench-rules
	@$(RUN).install --development --no-database
	@$(VENV)/python -m benchmarks.$(subst -,_,$*)

fonts:  ## build the Chinese fonts again where their sources changed
	@$(VENV)/python -m scripts.build_fonts

lock:  ## write the locks anew and check that wheels exist for every Python and machine we name
	@$(RUN).lock

test-bare:  ## prove `make run` and `make test` on a bare Debian 12
	@scripts/test_bare.sh

clean:  ## remove what set-up and tests made; the data of var/ stays
	rm -rf .venv node_modules static/vendor var/stamps var/fonts .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
