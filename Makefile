# The only entry point. `make` lists the targets. Two commands do all the set-up: `make run` and `make test`.
# PYTHON=/path/to/python3.12 chooses another interpreter for .venv.

PYTHON ?=
SETUP  := python3 scripts/bootstrap.py $(if $(PYTHON),--python $(PYTHON))
PY     := .venv/bin/python

.DEFAULT_GOAL := help
.PHONY: help run chat train test check evaluate evaluate-safety bench bench-directory lock clean

help: ## list these targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1 \2/' | awk '{printf "  make %-16s", $$2; $$1=$$2=""; print $$0}'

run: ## set up what is missing, start everything, print the page's address
	@$(SETUP)
	@$(PY) -m attune up

chat: ## talk to the bot in the terminal; FILE=conversation.yml replays one
	@$(SETUP)
	@$(PY) -m attune chat $(FILE)

train: ## train the model if anything that it is made from has changed
	@$(SETUP)
	@$(PY) -m attune train

test: ## run every test; ARGS='tests/unit -k wishes' runs some
	@$(SETUP) --dev
	@$(PY) -m attune train
ifdef ARGS
	@$(PY) -m pytest $(ARGS)
else
	@$(PY) -m pytest --ignore tests/browser
	@$(PY) -m pytest tests/browser  # apart: Playwright keeps the event loop of its process to itself
endif

check: ## style, types, import contracts, content, training data
	@$(SETUP) --dev
	@$(PY) -m attune check

evaluate: ## measure understanding into reports/; DATA=path.tsv measures other lines
	@$(SETUP) --dev
	@$(PY) -m pipeline.evaluate $(if $(DATA),--data $(DATA))

evaluate-safety: ## measure crisis detection into reports/; DATA=path.tsv or DIALOGUES=path.yml measures others, FAMILIES=1 holds families out
	@$(SETUP) --dev
	@$(PY) -m attune safety evaluate $(if $(DATA),--data $(DATA)) $(if $(DIALOGUES),--dialogues $(DIALOGUES)) $(if $(FAMILIES),--families-held-out)

bench: ## compare with stock Rasa (Python 3.10 and TensorFlow, in an environment of its own)
	@$(SETUP) --dev
	@$(PY) -m benchmarks.stock_rasa

bench-directory: ## time the directory at 300 to 1,000,000 listings; SIZES=300,10000 times others
	@$(SETUP) --dev
	@$(PY) -m benchmarks.directory $(if $(SIZES),--sizes $(SIZES))

lock: ## write requirements/*.txt anew (needs uv)
	@for name in base dev; do uv pip compile requirements/$$name.in --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-header --quiet -o requirements/$$name.txt; done
	@uv pip compile requirements/nodeps.in --no-deps --python-version 3.10 --generate-hashes --no-emit-index-url \
	  --no-header --quiet -o requirements/nodeps.txt

clean: ## remove .venv, models, databases, reports and caches
	rm -rf .venv .cache .rasa var reports models/*.tar.gz models/attune.digest models/encoder .pytest_cache .mypy_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
