"""The commands of `tuoban`, one module each, named like the command."""
