"""Who is within reach of a school, and who is not."""
