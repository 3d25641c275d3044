"""What people fill in: forms check, rules save."""
