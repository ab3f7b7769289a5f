# Every target sets up what it needs by itself; `make` alone lists them.
# Another interpreter: make install PYTHON=/path/to/python3

VENV := .venv
PY := $(VENV)/bin/python
STAMP := $(VENV)/.installed
PYTHON ?=

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help install system demo test coverage soak bench lint format messages feedback clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "make %-9s %s\n", $$1, $$2}' Makefile

install: $(STAMP) system ## set up .venv and the system packages of apt.txt

# Where an assignment needs what is not installed, `grader` says so with exit code 2, and the others go on.
demo: install ## grade the classes in examples/ into reports/demo and reports/demo-ASSIGNMENT
	@$(VENV)/bin/grader grade layers examples/class -o reports/demo
	@for name in $(filter-out class README.md,$(notdir $(wildcard examples/*))); do echo; \
	  $(VENV)/bin/grader grade $$name examples/$$name -o reports/demo-$$name || [ $$? -eq 2 ] || exit; \
	done
	@echo; echo "All reports:"; ls -1 reports/demo*/index.html

test: install ## everything that CI asks: style, types, tests
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy
	$(PY) -m pytest -q -n auto --dist loadfile -m "not soak"

# Counting lines makes the tests take half as long again, and the specimens three times.
coverage: install ## which lines the tests run; fails under 90 %
	$(PY) -m pytest -q -n auto --dist loadfile -m "not soak and not proof" --cov --cov-fail-under=90

soak: install ## the tests that take long (pytest's exit code 5 says that there are none)
	$(PY) -m pytest -m soak || [ $$? -eq 5 ]

bench: install ## measure what is promised, beside other graders; fails where it is not kept
	$(PY) -m benchmarks

lint: $(STAMP) ## style and types only
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy

format: $(STAMP) ## put the code into shape
	$(PY) -m ruff check --fix .
	$(PY) -m ruff format .

messages: $(STAMP) ## bring the catalogues of grader/locale up to date with the code, and compile them
	@$(VENV)/bin/pybabel -q extract -F pyproject.toml --add-location=file --sort-by-file --no-wrap -o .messages.pot grader
	@$(VENV)/bin/pybabel -q update -i .messages.pot -d grader/locale -D grader --previous --no-wrap \
	  --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date
	@rm .messages.pot
	@$(VENV)/bin/pybabel compile -d grader/locale -D grader --statistics

feedback: install ## bring the catalogue of docs/feedback.md up to date with the code and the mutants
	$(PY) -m tests.feedback

clean: ## remove .venv, caches, built packages and the demo's reports
	rm -rf $(VENV) benchmarks/.peers dist build htmlcov .coverage .mypy_cache .pytest_cache .ruff_cache .hypothesis reports/demo*
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# A venv that works is kept, so that a changed lock costs an update and not a new installation.
$(STAMP): pyproject.toml requirements-dev.lock
	@[ -x $(PY) ] && $(PY) -c 'import sys, pip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && exit 0; \
	for python in $(if $(PYTHON),"$(PYTHON)",python3.11 python3 python3.13 python3.12); do \
	  "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || continue; \
	  echo "Setting up $(VENV) with $$("$$python" --version) (takes a minute or two)"; \
	  exec "$$python" -m venv --clear $(VENV); \
	done; \
	echo "Python 3.11 or newer is needed, and none was found. If it lies elsewhere: make PYTHON=/path/to/python3" >&2; exit 1
	@$(PY) -m pip install -qq --disable-pip-version-check -c requirements-dev.lock -e '.[dev]'
	@touch $@

# Never fails: what only needs Python works without these packages.
system:
	@missing=; for package in $$(cat apt.txt); do \
	  case $$package in bubblewrap) program=bwrap;; libarchive-tools) program=bsdtar;; postgresql) program=pg_ctlcluster;; *) program=$$package;; esac; \
	  command -v $$program >/dev/null || missing="$$missing $$package"; \
	done; \
	[ -n "$$missing" ] || exit 0; \
	if [ "$$(id -u)" -eq 0 ]; then root=env; \
	elif sudo -n true 2>/dev/null; then root="sudo -n env"; \
	else root=; fi; \
	if [ -n "$$root" ] && command -v apt-get >/dev/null; then \
	  echo "Installing$$missing"; \
	  $$root DEBIAN_FRONTEND=noninteractive sh -c \
	    "apt-get update -qq && apt-get install -y -qq --no-install-recommends $$missing" >/dev/null && exit 0; \
	fi; \
	echo "Not installed:$$missing. To install: sudo apt-get update && sudo apt-get install -y$$missing"
