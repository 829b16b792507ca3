"""Which school serves which land."""
