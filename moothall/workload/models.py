"""Who has how many hours, what comes in when, and a fair share of it."""
