"""One module per screen; `items` holds the verbs on work."""
