"""`python -m tuoban.faces.cli`: the program, where its script is not at hand."""

from tuoban.faces.cli.main import main

main()
