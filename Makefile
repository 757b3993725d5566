# Everything works from a fresh clone with Python 3.11 or 3.12, make and a package index; see README.md.

PYTHON ?= $(shell command -v python3.11 || command -v python3.12 || command -v python3)
UV_VERSION := 0.13.8
RUN := .venv/bin
export OMP_NUM_THREADS ?= 1

.PHONY: help setup demo test check format bench clean

help:
	@echo "make demo    set up, screen the demo batch, say how far the flags agree with its truth"
	@echo "make test    set up, run all tests"
	@echo "make check   lint, types, borders between rooms"
	@echo "make bench   measure accuracy and speed"

setup: .venv/.ready

# --inexact leaves pip and uv in place.
.venv/.ready: pyproject.toml uv.lock
	$(PYTHON) -m venv .venv
	$(RUN)/python -m pip install --quiet --disable-pip-version-check "uv==$(UV_VERSION)"
	$(RUN)/uv sync --frozen --inexact --quiet
	touch $@

.PHONY: weights
weights: setup
	@$(RUN)/hezheng models verify >/dev/null 2>&1 || $(RUN)/hezheng models fetch

demo: weights
	$(RUN)/python -m bench.demo

test: weights
	$(RUN)/python -m pytest -n 2

check: setup
	$(RUN)/ruff check .
	$(RUN)/ruff format --check .
	$(RUN)/mypy
	$(RUN)/lint-imports

format: setup
	$(RUN)/ruff check --fix .
	$(RUN)/ruff format .

# PaddleOCR, the peer, is only installed here. Scans with labels and real journal lists are not in the tree.
SHARED := $(or $(HEZHENG_SHARED),../shared)
bench: weights
	$(RUN)/uv sync --frozen --inexact --quiet --group peers
	$(RUN)/python -m bench.speed
	@if test -d $(SHARED); then set -ex; \
	  $(RUN)/python -m bench.real --shared $(SHARED); \
	  $(RUN)/python -m bench.journals $(SHARED)/data/journals/register.csv $(SHARED)/data/journals/blacklist.csv; \
	else echo "no shared scans at $(SHARED): only speed was measured"; fi

clean:
	rm -rf .venv out bench/out .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
