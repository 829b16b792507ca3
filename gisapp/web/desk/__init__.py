"""The problem desk: pages for the office alone."""
