"""Rules about 检查豁免 comments themselves. They cannot be silenced."""
