"""Where inside its area each child lives."""
