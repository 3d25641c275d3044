"""What is asked when somebody books, and when rooms, hours and kinds are set up."""
