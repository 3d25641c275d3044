"""Who goes to which host: placements and practicals matched at the least cost."""
