"""What is told, to whom, and how often it is tried."""
