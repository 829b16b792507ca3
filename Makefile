# Short names for scripts/dev.py, which also works where there is no make (Windows).
.DEFAULT_GOAL := help
.PHONY: help setup test check bench demo wheel lock

help:  ## List these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "%-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup:  ## Install gisapp, its tools and its tests' needs into .venv
	@python3 scripts/dev.py setup

test:  ## Run every test, the browser's too
	@python3 scripts/dev.py test

check:  ## Format, lint, types, import rules, tests
	@python3 scripts/dev.py check

bench:  ## Run the benchmarks (ratios within one run)
	@python3 scripts/dev.py bench

demo:  ## Write the sample office, build its layers, serve the map
	@python3 scripts/dev.py demo

wheel:  ## Build the wheel and try it in a fresh environment
	@python3 scripts/dev.py wheel

lock:  ## Write the lock files anew
	@python3 scripts/dev.py lock
