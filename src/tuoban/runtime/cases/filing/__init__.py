"""Files and comments of cases: what was uploaded becomes a value, and rows tell where it is."""
