"""How many children each area has."""
