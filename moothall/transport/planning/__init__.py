"""How far it is: the one place where distances come from, and where they say how they were measured."""
