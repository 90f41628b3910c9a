# What a developer does every day; each line is a plain command that also works where make is missing.
.PHONY: check generate cases bench

check:  ## lint, types, tests
	ruff check .
	ruff format --check .
	mypy
	pytest

generate:  ## every generated file in one go; binary samples only where their content differs
	python scripts/generate.py

cases:  ## the cases of one rule: make cases CODE=BA103
	pytest tests/rules -k "$(CODE)"

bench:  ## ratios against bare readers
	python benchmarks/check.py
	python benchmarks/stages.py
