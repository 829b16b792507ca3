"""The office's land, cut into faces that tile it."""
