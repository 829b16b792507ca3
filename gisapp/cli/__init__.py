"""Commands. Each one is a step of the pipeline, or the server."""

from gisapp.cli import compare, office, rounds
from gisapp.cli.common import main

__all__ = ["compare", "main", "office", "rounds"]
