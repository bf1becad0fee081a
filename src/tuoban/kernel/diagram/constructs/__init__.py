"""One module for each construct, or each family of them that are drawn alike, and the table of
them."""
