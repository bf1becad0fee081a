"""`tables`: decision tables, written as a person would draw them.

`grid` takes the drawing apart, `section` takes up what is declared, `completing` compiles the
cells when every name of the pack is known, `judging` warns of what the rules leave out.
"""
