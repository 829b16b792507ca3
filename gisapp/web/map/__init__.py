"""The map: what it draws, in which classes, on which ground."""
