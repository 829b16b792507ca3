"""Faults planted in the sheets, each with its cell."""
