"""One question after closing, and complaints in two stages."""
