"""Fixtures for every test, and the list of tests that could not run."""

import json
import os
from pathlib import Path

import pytest


class NotRunReport:
    """Keep each skipped or expected-to-fail test with its reason, and write them to a file.

    ``scripts/dev.py test`` reads the file and prints the list at the end: a test that was left
    out must not be mistaken for one that passed.
    """

    def __init__(self, target: Path) -> None:
        self.target = target
        self.why_of_test: dict[str, str] = {}

    def pytest_collectreport(self, report):
        self._keep(report)

    def pytest_runtest_logreport(self, report):
        self._keep(report)

    def _keep(self, report):
        if not report.skipped:
            return
        if hasattr(report, "wasxfail"):
            why = report.wasxfail.removeprefix("reason: ") or "expected to fail, without a reason"
        else:
            _, _, why = report.longrepr
        self.why_of_test[report.nodeid] = why.removeprefix("Skipped: ")

    def pytest_sessionfinish(self):
        rows = [{"test": test, "why": why} for test, why in sorted(self.why_of_test.items())]
        self.target.write_text(json.dumps(rows, ensure_ascii=False), encoding="utf-8")


def pytest_configure(config):
    target = os.environ.get("GISAPP_SKIP_REPORT")
    # With pytest-xdist only the session that hears from every worker writes.
    if target and not hasattr(config, "workerinput"):
        config.pluginmanager.register(NotRunReport(Path(target)), "not_run_report")


@pytest.fixture(scope="session")
def checkout() -> Path:
    """The folder that holds pyproject.toml."""
    return Path(__file__).resolve().parent.parent
