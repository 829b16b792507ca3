"""The ground: relief, water, borders, villages, roads, people."""
