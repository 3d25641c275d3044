"""Days on which people are selected: who sits which exercise when, in which room, before whom."""
