"""The command line: what an administrator types. One module per command."""
