"""Full-text search: folding, passages, postings, shards, fragments, and the reader that proves them.

Imports ``corpus`` only. ``index`` is where the build enters; what the files hold is told in ``format``.
"""

INDEX = "assets/search-index"
"""Where the index lies in a site. Its files are never written into: their names tell their content."""
