"""Names as people type them: without accents, capitals or punctuation."""

from django.db.models import Func, TextField


class Fold(Func):
    """`Ní Ó'Brien-Łukasiewicz` becomes `ni obrien lukasiewicz`, in the database, by an immutable function."""

    function = "moothall_fold"
    output_field = TextField()


class Concat(Func):
    """Texts one after another. Unlike Django's own, immutable, so that a generated column may use it."""

    template = "(%(expressions)s)"
    arg_joiner = " || "
    output_field = TextField()
