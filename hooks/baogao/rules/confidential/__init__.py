"""Rules about what must not leave the office.

They read the raw text of a file, so that front matter, comments and tables are searched like the rest, and they run on files
whose front matter cannot be read. Nothing silences them.
"""
