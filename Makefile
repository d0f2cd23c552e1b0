# make demo [FILE=path]   who said what in an article
# make test               the tests
# make check              tests, style, types and the direction of imports
# make fuzz SECONDS=600   look for texts that break a promise
# make golden             write anew who said what in the texts of tests/golden, and the public surface
# make matrix [ARGS='-- tests/golden']   every Python with the newest and the lowest dependencies
# make audit              licences and known vulnerabilities of the dependencies
# make accuracy           how often it is right on annotated news, compared with the floors
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
FILE ?= examples/article.txt

# One BLAS thread a process: the matrices are small, and threads would only wait for each other.
export OPENBLAS_NUM_THREADS ?= 1
export OMP_NUM_THREADS ?= 1

.PHONY: demo test matrix audit fuzz golden accuracy notebooks docs pages lint types check wheels clean
.DEFAULT_GOAL := demo

demo: $(VENV)/.installed
	@$(BIN)/skazal quotes --entities "$(FILE)"

test: $(VENV)/.installed-dev
	$(BIN)/python -m pytest

# Every supported Python that is on this machine, with the newest and with the lowest allowed dependencies; ARGS go to nox:
# ARGS='-s "tests-3.13(lowest)" -- tests/golden'.
matrix: $(VENV)/.installed-dev
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[matrix]'
	PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/nox $(ARGS)

# Not a part of CI: it asks the package index what is known of each version.
audit: $(VENV)/.installed-dev
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[matrix,audit]'
	PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/nox -s audit

# Writes anew who said what in the invented news of tests/golden, and the public surface of the package: read the
# difference before you commit it.
golden: $(VENV)/.installed-dev
	$(BIN)/python -m tests.golden.said
	$(BIN)/python -m tests.promises.surface

# What is found goes to .fuzz/, from which the next run goes on; needs a Python for which there is a wheel of Atheris.
SECONDS ?= 600
fuzz: $(VENV)/.installed-dev
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[fuzz]'
	$(BIN)/python -m tests.promises.fuzz --seconds $(SECONDS)

# Annotated news is not part of the repository: SKAZAL_GOLD names its folder; without one nothing is measured.
accuracy: $(VENV)/.installed-dev
	$(BIN)/python benchmarks/accuracy.py --gate

# Runs every notebook from the top.
notebooks: $(VENV)/.installed-dev
	$(BIN)/python -m pytest --nbmake notebooks

# The documentation's site, in site/; a link that leads nowhere is an error.
docs: $(VENV)/.installed-dev
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --quiet

# Writes the outputs of the documentation's code anew; look at the difference before you commit it.
pages: $(VENV)/.installed-dev
	$(BIN)/python tests/docs/pages.py

# Builds the wheel and tries it in empty environments of every supported Python that is on this machine.
wheels: $(VENV)/.installed-dev
	$(BIN)/python -m pytest -m slow

lint: $(VENV)/.installed-dev
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/lint-imports

types: $(VENV)/.installed-dev
	$(BIN)/mypy

check: test lint types

clean:
	rm -rf $(VENV)

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "skazal needs Python 3.11 or newer; $(PYTHON) is $$($(PYTHON) --version 2>&1). Try: make PYTHON=python3.12" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

# The stamps are newer than what they depend on, so that a second call installs nothing.
$(VENV)/.installed: pyproject.toml constraints.txt | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable .
	@touch $@

$(VENV)/.installed-dev: pyproject.toml constraints.txt | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	@touch $@ $(VENV)/.installed
