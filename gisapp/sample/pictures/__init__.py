"""Drawn pictures of the schools."""
