"""Why Moothall cannot go on, said in one sentence to the person at the terminal."""


class Cannot(Exception):  # noqa: N818
    """A wrong situation outside the program: the message is the whole explanation."""
