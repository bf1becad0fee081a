"""Quality: calling customers back, and what they say."""
