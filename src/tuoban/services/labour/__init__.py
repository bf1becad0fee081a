"""Labour: what was worked on a case, how long, and what that comes to."""
