"""Reading Word files (.docx): pure Python over the standard library, so that a browser can run it too."""

from .reader import read_docx

__all__ = ["read_docx"]
