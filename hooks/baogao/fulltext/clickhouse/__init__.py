"""The same search on a ClickHouse server: what is exported for it, its tables, its queries, its answers over HTTP.

For more reports than a browser can search by itself. The sections, the folding and the rules of what is a hit are those of the static
index; ``sql`` holds the statements, :mod:`.rows` what stands in the tables, :mod:`.export` writes it all into a folder.
"""

from .export import Exported, export_clickhouse
from .statements import QUERIES, Names, handlers, query, statement

__all__ = ["QUERIES", "Exported", "Names", "export_clickhouse", "handlers", "query", "statement"]
