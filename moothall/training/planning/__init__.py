"""The planner asked by the office: its rows made a problem, searched in a process apart, and read back."""
