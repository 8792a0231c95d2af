"""Rules that hold a report against its predecessor in the series (历年同类报告)."""
