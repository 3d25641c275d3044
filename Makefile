.DEFAULT_GOAL := help
.PHONY: help run test check lint types security floors style bench faults sbom clean tools
PY := .venv/bin/python
WORKERS ?= 2

help: ## list these targets
	@sed -n 's/^\([a-z]*\):.*## /make \1	/p' Makefile | expand -t 14

run: .venv/.run ## start Moothall: everything from a fresh checkout (PORT, MOOTHALL_HOME, DATABASE_URL)
	@$(PY) -m moothall.config.command up

test: .venv/.test tools ## run every test: everything from a fresh checkout
	@$(PY) -m pytest -rs -n $(WORKERS) --reruns 1 $(ARGS)

check: lint test ## what CI runs: lint, types, floors, tests

lint: .venv/.test
	@$(MAKE) --no-print-directory -j $(WORKERS) -O types security floors style

types: .venv/.test
	@$(PY) -m mypy .

floors: .venv/.test
	@$(PY) -c "from importlinter.cli import lint_imports_command as floors; floors()"

style: .venv/.test
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check .

security: .venv/.test ## look for what attackers look for: bandit, and rules of our own
	@scripts/security

sbom: .venv/.test ## the list of every package that is installed, in var/sbom.json
	@scripts/sbom

bench: .venv/.test ## measure speed, one table
	@$(PY) -m benchmarks $(ARGS)

faults: .venv/.test ## the fault tests, and a table of what each did
	@$(PY) -m pytest -m faults $(ARGS)

tools:
	@scripts/for_tests

.venv/.run: pyproject.toml uv.lock
	@scripts/environment run
	@touch $@

.venv/.test: pyproject.toml uv.lock
	@scripts/environment test
	@touch $@ .venv/.run

clean: ## remove the environment and caches, never the data in var/
	rm -rf .venv .uv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache var/test
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
