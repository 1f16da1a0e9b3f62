#!/usr/bin/env bash
# Runs the tests of the core with another Python: scripts/test_core.sh /path/to/python3.12
set -euo pipefail
cd "$(dirname "$0")/.."
venv=$(mktemp -d)/venv
trap 'rm -rf "$(dirname "$venv")"' EXIT
"$1" -m venv "$venv"
"$venv/bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/base.txt
"$venv/bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps --ignore-requires-python -r requirements/nodeps.txt
"$venv/bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
"$venv/bin/python" -m pytest tests/unit tests/text tests/directory tests/content tests/safety --ignore tests/safety/test_gate.py -p no:cacheprovider
