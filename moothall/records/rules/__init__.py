"""What may be kept, and how what was done is written down."""
