# Two commands: `make graph` reads seeds/ into build/ and draws it, `make test` checks everything.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
CORPORA ?= corpora/ro
FUZZ ?= 60
LOCK := $(BIN)/uv pip compile pyproject.toml --quiet --universal --python-version 3.11 --generate-hashes \
	--default-index https://pypi.org/simple --no-config --custom-compile-command "make lock"

.PHONY: graph test lint notebooks docs ontology-docs fuzz bench romanian actors actor-sources lock wheel clean

graph: .venv/run.stamp
	$(BIN)/kg build seeds --out build

test: .venv/dev.stamp
	./.ci/browser
	./.ci/virtuoso
	$(BIN)/pytest --numprocesses 2 --dist loadfile

lint: .venv/dev.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/bandit --quiet --recursive kg --severity-level medium
	$(BIN)/pip-audit --progress-spinner off --disable-pip --require-hashes --requirement requirements.lock

# Runs the notebooks on the graph of the seeds, and writes them with all that they show to build/notebooks.
notebooks: .venv/dev.stamp graph
	$(BIN)/jupyter-nbconvert --to html --execute --output-dir build/notebooks notebooks/*.ipynb

# The documentation, into build/docs.
docs: .venv/dev.stamp
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --quiet

# The ontology as a page in English and in Romanian: build/ontology.en.html, build/ontology.ro.html.
ontology-docs: .venv/dev.stamp
	$(BIN)/python docs/ontology.py build

# Gives each reader broken input, guided by what of the code it reaches, for FUZZ seconds; `test` does so briefly.
fuzz: .venv/dev.stamp
	for target in articles articles.txt articles.jsonl articles.csv articles.parquet articles.html articles.xml \
		articles.gz articles.zst lexicon statements; do \
		$(BIN)/python tests/fuzz/targets.py $$target -max_total_time=$(FUZZ) || exit 1; done

bench: export OPENBLAS_NUM_THREADS = 1
bench: .venv/dev.stamp
	$(BIN)/python -m benchmarks.extraction
	$(BIN)/python -m benchmarks.linking
	$(BIN)/python -m benchmarks.page
	$(BIN)/python -m benchmarks.scale

# Trains the Romanian pipeline from the CoNLL-U and JSON Lines files in CORPORA into kg/lang/ro/pipeline.
romanian: .venv/dev.stamp
	$(BIN)/python -m training train $(CORPORA)

# The tables of actors: `actors` writes them from the data, `actor-sources` renews what libraries give (extra "actors").
actors: .venv/run.stamp
	$(BIN)/python -m kg.actors.generate

actor-sources: .venv/dev.stamp
	$(BIN)/python -m kg.actors.collect

lock: .venv/dev.stamp
	$(LOCK) --group build -o requirements.lock
	$(LOCK) --group dev --extra dask --extra notebooks --extra parquet -c requirements.lock -o requirements-dev.lock

wheel: .venv/dev.stamp
	$(BIN)/python -m build --wheel --no-isolation

clean:
	rm -rf build dist .venv

# A stamp stands for an installed lock file: the environment is touched again only when the lock changes.
.venv/run.stamp: requirements.lock pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --no-deps --no-build-isolation --editable .
	touch $@

.venv/dev.stamp: requirements-dev.lock .venv/run.stamp
	$(BIN)/pip install --quiet --require-hashes -r requirements-dev.lock
	touch $@
