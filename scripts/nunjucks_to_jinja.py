"""Turns the Nunjucks templates of govuk-frontend into Jinja templates, one macro a component.

The two languages differ in little that these templates use: unquoted keys, `===`, string addition,
`elseif`, optional chaining, and assignments that outlive a loop. Anything unknown is left as it is, and
the test over the upstream fixtures tells.
"""

import re

TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.S)
COMMENT = re.compile(r"\{#.*?#\}", re.S)
IMPORT = re.compile(r"^\{%-? *from .*?%\}\n?", re.M)
KEY = re.compile(r"(?<=[{,\s])([A-Za-z_]\w*):(?=\s)")
STRING = re.compile(r"\"[^\"]*\"|'[^']*'")
FILTER_INDENT = re.compile(r" *\| *indent\([^)]*\)")

EXPRESSIONS = (
    (re.compile(r"!== undefined"), "is defined"),
    (re.compile(r"!== null"), "is not none"),
    (re.compile(r"=== (true|false)"), r"is \1"),
    (re.compile(r"\belseif\b"), "elif"),
    (re.compile(r"\[true, false\]\.includes\(([\w.]+)\)"), r"\1 is boolean"),
    (re.compile(r" \+ "), " ~ "),
    (re.compile(r"\bundefined\b"), "none"),
    (re.compile(r"for name, value in ([\w.]+) (?=-?%\})"), r"for name, value in \1 | items "),
    (re.compile(r"\bis (not )?null\b"), r"is \1none"),
    (re.compile(r"(\| select\(\x00\d+\x00\))"), r"\1 | list"),
)

# Assignments in a loop or a captured block that are read after it: Nunjucks lets them out, Jinja does not.
OUTLIVING = {
    "checkboxes": ("describedBy",),
    "date-input": ("describedBy", "anyItemHasError"),
    "radios": ("describedBy",),
    "summary-list": ("anyRowHasActions",),
}


def translate(name: str, source: str) -> str:
    """The Jinja text of the component `name` (kebab-case), a macro called `component`."""
    source = COMMENT.sub(lambda m: dashes(m.group(0)), source)
    source = IMPORT.sub("", source)
    source = TAG.sub(lambda m: translate_tag(m.group(0)), source)
    for variable in OUTLIVING.get(name, ()):
        source = re.sub(rf"(?<![\w.\"]){variable}(?![\w\"])", f"kept.{variable}", source)
    if name in OUTLIVING:
        source = re.sub(r"(macro \w+\([^)]*)kept\.", r"\1", source)
        source = "{% set kept = namespace() %}\n" + source
    lines = (line.strip() for line in source.splitlines())
    body = "\n".join(line for line in lines if line)
    return (
        f"{{# {name}: made from govuk-frontend by scripts/vendor_assets.py. Do not edit. #}}\n"
        f"{{%- macro component(params) -%}}\n{body}\n{{%- endmacro -%}}\n"
    )


def dashes(comment: str) -> str:
    """What a comment did to the white space around it, without its words."""
    left = "-" if comment.startswith("{#-") else ""
    right = "-" if comment.endswith("-#}") else ""
    return f"{{#{left} {right}#}}" if left or right else ""


def translate_tag(tag: str) -> str:
    """One `{{ }}` or `{% %}`, strings inside it untouched."""
    strings: list[str] = []

    def keep(match: re.Match[str]) -> str:
        strings.append(match.group(0))
        return f"\x00{len(strings) - 1}\x00"

    text = STRING.sub(keep, tag)
    text = FILTER_INDENT.sub("", text)
    text = KEY.sub(r'"\1":', text)
    for pattern, replacement in EXPRESSIONS:
        text = pattern.sub(replacement, text)
    return re.sub(r"\x00(\d+)\x00", lambda m: strings[int(m.group(1))], text)
