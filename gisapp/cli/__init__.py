"""Commands. Each one is a step of the pipeline, or the server."""

from gisapp.cli import compare, coverage, office, rounds
from gisapp.cli.common import main

__all__ = ["compare", "coverage", "main", "office", "rounds"]
