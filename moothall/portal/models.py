"""What the public and staff see without a desk: forms, progress, own requests."""
