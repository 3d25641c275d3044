"""Reading the form of a service: a flat JSON Schema whose questions are asked in English and Welsh."""

from typing import Any, Final

from django.utils.translation import gettext as _

from moothall.core.marked_yaml import Marked, MarkedList, near_match

KINDS: Final = ("string", "integer", "number", "boolean", "array")
QUESTION_KEYS: Final = frozenset(
    {"type", "title", "title_cy", "description", "description_cy", "default", "format", "widget"}
    | {"enum", "oneOf", "const", "items", "uniqueItems", "minItems", "maxItems", "autocomplete"}
    | {"minLength", "maxLength", "minimum", "maximum", "pattern"}
)
FORM_KEYS: Final = frozenset({"type", "properties", "required", "additionalProperties", "order"})


def read_form(form: Marked) -> dict[str, Any]:
    """The form as plain data, with `order` to say in which order its questions come; {} for none."""
    if not form:
        return {}
    _check_keys(form, FORM_KEYS)
    questions = form.get("properties")
    if not isinstance(questions, Marked):
        raise form.mistake(_("A form needs “properties”: its questions."), at="properties")
    for name, question in questions.items():
        _check_question(questions, name, question)
    _check_required(form, questions)
    plain: dict[str, Any] = _plain(form)
    _check_schema(form, plain)
    plain.setdefault("type", "object")
    plain.setdefault("order", list(questions))
    return plain


def _check_keys(marked: Marked, known: frozenset[str]) -> None:
    for key in marked:
        if key not in known:
            said = _("“%(key)s” is not a key that belongs here.") % {"key": key}
            raise marked.mistake(said + near_match(key, known), at=key)


def _check_question(questions: Marked, name: str, question: object) -> None:
    if not isinstance(question, Marked):
        raise questions.mistake(
            _("The question “%(name)s” needs a type and a title.") % {"name": name}, at=name
        )
    _check_keys(question, QUESTION_KEYS)
    if question.get("type") not in KINDS:
        said = _("The type of “%(name)s” is one of %(kinds)s.") % {"name": name, "kinds": ", ".join(KINDS)}
        raise question.mistake(said, at="type")
    if not isinstance(question.get("title"), str):
        raise question.mistake(_("The question “%(name)s” has no title.") % {"name": name}, at="title")


def _check_required(form: Marked, questions: Marked) -> None:
    for key in ("required", "order"):
        names = form.get(key, MarkedList(form.file, form.line))
        if not isinstance(names, MarkedList):
            raise form.mistake(_("“%(key)s” has to be a list of questions.") % {"key": key}, at=key)
        for index, name in enumerate(names):
            if name not in questions:
                said = _("There is no question “%(name)s”.") % {"name": name}
                raise names.mistake(said + near_match(str(name), questions), at=index)


def _check_schema(form: Marked, plain: dict[str, Any]) -> None:
    from jsonschema import Draft202012Validator
    from jsonschema.exceptions import best_match

    validator = Draft202012Validator(Draft202012Validator.META_SCHEMA)
    problem = best_match(validator.iter_errors(plain))
    if problem is not None:
        where: Any = form
        line = form.line
        for part in problem.absolute_path:
            line = where.line_of(part)
            where = where[part]
            if not isinstance(where, Marked | MarkedList):
                break
        at = Marked(form.file, line)
        raise at.mistake(_("This is not JSON Schema: %(problem)s.") % {"problem": problem.message})


def _plain(value: Any) -> Any:
    """The same data as ordinary dicts and lists."""
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    return [_plain(item) for item in value] if isinstance(value, list) else value
