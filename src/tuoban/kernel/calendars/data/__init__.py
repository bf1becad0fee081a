"""Facts about countries as constants, each module written by a script."""
