"""Pages of people and units."""
