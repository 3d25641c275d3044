"""Why Moothall cannot go on, said in one sentence to the person at the terminal."""

import errno

from moothall.core.refusals import Refusal


class Cannot(Exception):
    """A wrong situation outside the program: the message is the whole explanation."""


def expected(problem: BaseException) -> str | None:
    """The sentence for what is not a mistake in the program; None for what is."""
    import psycopg  # takes longer than most commands: only when something has gone wrong

    cause: BaseException | None = problem
    while cause is not None:
        if isinstance(cause, Cannot | Refusal):
            return str(cause)
        full = isinstance(cause, OSError) and cause.errno in {errno.ENOSPC, errno.EDQUOT}
        if full or isinstance(cause, psycopg.errors.DiskFull):
            return "The disk is full: free some space and run this again; what was done so far is kept."
        if isinstance(cause, psycopg.OperationalError) and cause.sqlstate in {None, "57P01", "57P03"}:
            return f"The database cannot be reached: {str(cause).strip().splitlines()[-1]}"
        cause = cause.__cause__
    return None
