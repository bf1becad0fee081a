"""One module per family of constructs: what happens when its turn comes, when a region of it is
done, and when work is sent back into it. `table` joins them; the engine knows only the table.
"""
