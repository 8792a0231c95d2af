"""Rules about the front matter, names and paths."""
