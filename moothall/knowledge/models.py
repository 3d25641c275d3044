"""Articles, lists and the directory: what the office knows, and who else can help."""
