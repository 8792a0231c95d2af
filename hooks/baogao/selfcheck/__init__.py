"""自查投稿: the checks of this library on a page, in the reader's own browser, and what that page needs from a build.

``desk`` runs in the browser (Pyodide: the standard library and PyYAML), ``publish`` when the site is built.
"""
