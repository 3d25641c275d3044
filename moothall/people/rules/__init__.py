"""Every write about persons, organisations, teams, posts and accounts."""
