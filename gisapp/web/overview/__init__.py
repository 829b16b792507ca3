"""The office at a glance: counts, groups and lines over the years."""
