"""What can be expected to go wrong with streets, in sentences."""


class StreetsError(Exception):
    """Something about streets cannot be done; the message says what, and what to do next."""


class CannotRead(StreetsError):
    """An extract is missing, broken, empty or something else altogether."""


class CannotOpen(StreetsError):
    """A file of prepared streets is missing, damaged or of another making."""


class WrongSpeeds(StreetsError):
    """Rows of speeds do not say what is needed."""
