"""Other systems are told what happened, signed and only where it is allowed."""
