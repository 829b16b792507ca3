"""The fictional sample office: deterministic, complete, believable, and faulty on purpose."""
