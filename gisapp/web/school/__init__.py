"""One school: its card and its page."""
