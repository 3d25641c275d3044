"""How letters are written, merged, approved, sent once and printed."""
