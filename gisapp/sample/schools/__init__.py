"""The schools: names, places, pupils, buildings, and the children of their villages."""
