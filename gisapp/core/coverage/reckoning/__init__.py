"""The figures of every unit."""
