"""Rules for years and dated events."""
