"""The recipes, each a program: `python -m recipes.NAME` with bench/race on the path."""
