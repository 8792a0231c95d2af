"""Rules about what a report must not carry: it is text, and nothing in it runs, loads or leads away.

A page shows raw HTML as the text it looks like, so these are mistakes of pasting or attempts, never a way to write something.
"""
