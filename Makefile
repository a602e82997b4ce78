SHELL := bash
.DEFAULT_GOAL := help
BIN := .venv/bin
OUT ?= out

.PHONY: help setup demo test lint runbooks lab bench lock clean

help: ## Show this list
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

setup: ## Make .venv with the locked dependencies
	@tools/setup.sh

demo: setup ## Serve a made-up municipality and write both newsletter reports from it
	@$(BIN)/motoolkit run engagements_and_managers --out $(OUT)
	@echo "Both newsletter reports, and the notebook that made them, are in $(OUT)/."

test: setup lint ## Check the code and run all tests
	@tools/chromium.sh
	@tools/samba.sh
	@$(BIN)/pytest -n 4 --dist loadfile --no-loadscope-reorder

lint: setup ## ruff, mypy, import-linter, notebooks without outputs, texts in Danish
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/python tools/check_notebooks.py
	@$(BIN)/python tools/messages.py --check

runbooks: setup ## Run the runbooks on a sandbox and keep what they show, for nbval
	@$(BIN)/python tools/runbooks.py

lab: setup ## Open JupyterLab on the notebooks, with the sandbox behind it
	@$(BIN)/motoolkit lab

bench: setup ## Measure, as ratios within one run
	@$(BIN)/pytest tests/benchmarks

lock: ## Renew requirements/*.txt from pyproject.toml (needs uv)
	@uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --all-extras \
		--output-file requirements/lock.txt pyproject.toml
	@echo uv | uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
		--output-file requirements/uv.txt -

clean: ## Remove what the other targets made
	@rm -rf .venv $(OUT) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
