"""The report library: what a report is, whether it is in order, and what readers are shown.

Rooms, and what each may import: ``corpus`` (standard library and PyYAML), ``rules`` and ``pages``
(``corpus``; ``pages`` also ``rules``). Nothing in this package imports MkDocs.
"""

__version__ = "0.1.0"
