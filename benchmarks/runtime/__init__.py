"""A user step through the runtime's Python entry, beside the bare driver, on both databases."""
