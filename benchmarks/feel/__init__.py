"""The expressions of Tuoban beside other libraries that read FEEL in Python."""
