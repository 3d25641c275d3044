"""Where recruitment asks the planner: nobody else of it does."""
