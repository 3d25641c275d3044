"""Pages about people, organisations, teams and accounts."""
