"""Rules about the sections a kind requires."""
