"""The pages of letters: the outbox, one letter, print runs, templates and the letterhead."""
