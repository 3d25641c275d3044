"""Runs for passengers who are taken to a school or centre: read, planned, judged, explained and mended."""
