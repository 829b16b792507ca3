"""School maps and population coverage for a Thai primary education office."""

__version__ = "0.1.0"
