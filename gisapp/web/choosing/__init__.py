"""What an address asks for, and the schools that fit it."""
