"""How many pupils to expect."""
