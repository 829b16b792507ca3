"""Which children live in which service zone, how many of them go to school, and how far it is."""
