"""Who drives and who escorts which run on which day of a week, and why a run is left without somebody."""
