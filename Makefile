# Thidua: cài đặt, chạy thử, kiểm tra. `make` (hoặc `make help`) liệt kê các việc.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.PHONY: help setup dev demo test test-postgresql check bench lock clean

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
UV := $(shell command -v uv 2>/dev/null)
INPUTS := pyproject.toml requirements.lock

# Where an image forbids it, every process of every test would compile all modules anew.
unexport PYTHONDONTWRITEBYTECODE

# Twenty minutes of CI have no room for the long journeys on both databases; elsewhere both run them.
ON_POSTGRESQL := not looks$(if $(filter true,$(CI)), and not journey)

# One more than there are cores: many tests wait for a server, a worker or a browser of their own.
WORKERS := $(shell expr $$(getconf _NPROCESSORS_ONLN) + 1)
# A file stays with one worker, which makes once what its tests share.
# Their tables are small: Polars, asked to use every processor in every worker, spends a tenth more on them.
TEST = POLARS_MAX_THREADS=1 $(BIN)/pytest -rfEs -n $(WORKERS) --dist loadfile --no-loadscope-reorder

help: ## danh sách này
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 24

setup: $(VENV)/.server ## cài môi trường; sau đó .venv/bin/thidua chạy được

dev: $(VENV)/.dev

demo: $(VENV)/.server ## dựng tỉnh Minh Giang hư cấu và chạy tại http://127.0.0.1:8000
	@$(BIN)/thidua demo

test: check ## mọi kiểm tra trên SQLite, rồi những gì chạm dữ liệu trên PostgreSQL, với Chromium thật
	$(TEST)
	$(MAKE) test-postgresql

test-postgresql: $(VENV)/.dev
	THIDUA_TEST_DATABASE=postgresql $(TEST) -m '$(ON_POSTGRESQL)' tests/web

check: $(VENV)/.dev ## ruff, mypy, hướng nhập mô-đun
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(VENV)/.dev ## đo tốc độ, bộ nhớ, độ đúng; ghi docs/reference/measurements.md
	$(BIN)/python bench/measure.py
	$(BIN)/python bench/imports.py
	$(BIN)/python bench/register.py
	$(BIN)/python bench/eligibility.py
	$(BIN)/python bench/progress.py
	$(BIN)/python bench/deadline.py
	$(BIN)/python bench/appraisal.py
	$(BIN)/python bench/repeats.py

lock: $(VENV)/.dev ## ghi lại requirements.lock theo pyproject.toml (cần mạng)
	uv=$(or $(UV),$(BIN)/uv); test -x "$$uv" || $(BIN)/pip install --quiet uv
	$(or $(UV),$(BIN)/uv) pip compile pyproject.toml --extra server --extra dev --upgrade --universal \
		--python-version 3.11 --strip-extras --no-emit-index-url --no-annotate --no-header --output-file requirements.lock

clean: ## xóa môi trường và dữ liệu dùng thử
	rm -rf $(VENV) var/demo

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Cần Python 3.11 trở lên; ở đây là $$($(PYTHON) --version). Chỉ máy khác bằng: make PYTHON=python3.12" >&2; exit 1; }
ifdef UV
	@uv venv --quiet --allow-existing --python $(PYTHON) $(VENV)
else
	@$(PYTHON) -m venv $(VENV) || \
		{ rm -rf $(VENV); echo "Python thiếu venv. Trên Debian, Ubuntu: apt install python3-venv" >&2; exit 1; }
endif

$(VENV)/.server: $(INPUTS) | $(VENV)/bin/python
	@$(call install,server)
	@touch $@

$(VENV)/.dev: $(INPUTS) | $(VENV)/bin/python
	@$(call install,server$(comma)dev)
	@touch $(VENV)/.server $@

comma := ,
ifdef UV
install = echo "Đang cài (uv)…"; uv pip install --quiet --python $(BIN)/python -c requirements.lock -e '.[$(1)]'
else
install = echo "Đang cài (pip)…"; $(BIN)/python -m pip install --quiet --disable-pip-version-check \
	-c requirements.lock -e '.[$(1)]'
endif
