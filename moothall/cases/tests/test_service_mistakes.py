"""Whatever is wrong in the YAML of a service is said with its file and line."""

import pytest

from moothall.cases.rules.definition import ServiceDefinition
from moothall.cases.rules.definition_reading import Surroundings
from moothall.cases.rules.services import read_definitions
from moothall.core.marked_yaml import PackMistake, parse_yaml

SERVICE = """\
key: room-request
name: Room request
prefix: LOD
team: learning
form:
  properties:
    people: {type: integer, title: How many?}
  required: [people]
clocks:
- {id: answer, name: Answer, target: 5}
- {id: law, name: Law, rule: FOI-20}
steps:
- {id: ask, name: Ask, owner: us, after: [], target: 2, outcomes: [yes, no]}
- {id: book, name: Book, owner: us, after: [ask], target: 2, when: 'ask == yes'}
- {id: tell, name: Tell, owner: us, after: [ask, book], target: 1}
final_outcomes: [booked, refused]
"""
AROUND = Surroundings(
    desk="learning-desk",
    teams=frozenset({"learning", "human-resources"}),
    roles=frozenset({"lead"}),
    services=frozenset({"room-request", "complaint"}),
)
BOOK = "after: [ask], target: 2, when: 'ask == yes'"


def read(text: str) -> ServiceDefinition:
    return ServiceDefinition.read(parse_yaml(text, name="packs/x/services/room.yaml"), AROUND)


def test_the_service_without_a_mistake_is_read() -> None:
    definition = read(SERVICE)
    assert [step.key for step in definition.steps] == ["ask", "book", "tell"]
    assert definition.step("ask").outcomes == ("yes", "no")
    assert definition.following("ask") == {"book", "tell"}
    assert (definition.clock("answer").met_on, definition.clock("law").rule) == ("answered", "FOI-20")
    assert definition.form["order"] == ["people"]
    assert [name for name, _question in definition.form_fields()] == ["people"]
    assert definition.outcome_name("booked") == "Booked"
    assert definition.confidentiality == "TEAM"


def test_where_outcomes_lead_is_read_and_kept() -> None:
    made = read(f"{SERVICE}leads: {{ask: {{no: refused}}}}\n")
    assert made.leads_to("ask", "no") == "refused"
    assert ServiceDefinition.from_json(made.to_json()) == made
    assert "leads" not in read(SERVICE).to_json()


@pytest.mark.parametrize(
    ("old", "new", "line", "sentence"),
    [
        ("key: room-request", "key: Room Request", 1, "small letters"),
        ("prefix: LOD", "prefix: lod", 3, "two to five capital letters"),
        ("team: learning", "team: lerning", 4, "no team “lerning”. Did you mean “learning”?"),
        ("name: Room request\n", "", 1, "“name” is missing"),
        ("name: Room request", f"name: {'x' * 201}", 2, "at most 200 characters"),
        ("final_outcomes", "final_outcome", 16, "Did you mean “final_outcomes”?"),
        ("final_outcomes", "leads: {aks: {no: refused}}\nfinal_outcomes", 16, "Did you mean “ask”?"),
        ("final_outcomes", "leads: {ask: refused}\nfinal_outcomes", 16, "For each outcome of a step"),
        ("final_outcomes", "leads: {ask: {on: refused}}\nfinal_outcomes", 16, "“on” is not an outcome"),
        ("final_outcomes", "leads: {ask: {no: refusd}}\nfinal_outcomes", 16, "“refusd” is not one of"),
        ("type: integer", "type: whole", 7, "The type of “people”"),
        (", title: How many?", "", 7, "has no title"),
        ("required: [people]", "required: [peple]", 8, "Did you mean “people”?"),
        ("How many?}", "How many?, minimum: few}", 7, "not JSON Schema"),
        ("How many?}", "How many?, minium: 1}", 7, "Did you mean “minimum”?"),
        ("rule: FOI-20", "rule: FOI-21", 11, "no clock rule “FOI-21”. Did you mean “FOI-20”?"),
        ("rule: FOI-20", "rule: FOI-20, target: 3", 11, "a rule or by a target"),
        ("Answer, target: 5", "Answer", 10, "a rule or by a target"),
        ("target: 5}", "target: 5, clock: fortnight}", 10, "“fortnight” is not one of"),
        ("id: law", "id: answer", 11, "two clocks “answer”"),
        ("rule: FOI-20", "rule: FOI-20, starts_on: later", 11, "“later” is not one of answer"),
        ("id: tell", "id: ask", 15, "two steps “ask”"),
        ("id: tell", "id: Tell it", 15, "small letters"),
        ("after: [ask, book]", "after: [ask, bok]", 15, "Did you mean “book”?"),
        ("after: [], target: 2", "after: [tell], target: 2", 13, "wait for each other: ask, book, tell"),
        (BOOK, "after: [book], target: 2", 14, "wait for each other: book"),
        (
            BOOK,
            "after: [ask], target: 2, when: 'ask = yes'",
            14,
            "The condition is wrong: “=” has no meaning",
        ),
        (BOOK, "after: [ask], target: 2, when: 'tell == done'", 14, "does not come before “book”"),
        (
            BOOK,
            "after: [ask], target: 2, when: 'ask == yess'",
            14,
            "no outcome of “ask”. Did you mean “yes”?",
        ),
        (BOOK, "after: [ask], target: 2, sub: complant", 14, "no service “complant”. Did you mean"),
        (BOOK, "after: [ask], target: 2, calls: complaint, sub: complaint", 14, "not both"),
        (BOOK, "after: [ask], target: two", 14, "“target” has to be a whole number"),
        (BOOK, "after: [ask], target: 9000", 14, "“target” has to be at most 5000"),
        (BOOK, "after: [ask], target: 2, clock: days", 14, "“days” is not one of"),
        (BOOK, "after: [ask], target: 2, waiting: them", 14, "“them” is not one of us, person, third"),
        (BOOK, "after: [ask], target: 2, ouctomes: [a]", 14, "Did you mean “outcomes”?"),
        (BOOK, "after: [ask], target: 2, statutory: maybe", 14, "true or false"),
        ("final_outcomes: [booked, refused]", "final_outcomes: [booked, booked]", 16, "something twice"),
        (
            "team: learning",
            "team: learning\nowners: {us: humn-resources}",
            5,
            "Did you mean “human-resources”?",
        ),
        ("team: learning", "team: learning\nowners: {us: 'role:leed'}", 5, "Did you mean “lead”?"),
        ("team: learning", "team: learning\nconfidentiality: secret", 5, "“secret” is not one of"),
        (
            "team: learning",
            "team: learning\nmeasure: {from: ask, to: tel, target_wd: 3}",
            5,
            "Did you mean “tell”?",
        ),
        ("team: learning", "team: learning\nextends: roomrequest", 5, "no service “roomrequest”"),
        ("team: learning", "team: learning\noutcome_names: {booked: Booked}", 5, "“booked” needs a name"),
        ("team: learning", "team: learning\nescalate: [{at: 99, to: lead}]", 5, "a share such as 0.8"),
    ],
)
def test_a_mistake_names_its_file_and_line(old: str, new: str, line: int, sentence: str) -> None:
    assert old in SERVICE
    with pytest.raises(PackMistake) as told:
        read(SERVICE.replace(old, new, 1))
    assert str(told.value).startswith(f"packs/x/services/room.yaml, line {line}: ")
    assert sentence in str(told.value)


def test_two_services_with_one_key_are_a_mistake_on_the_second_file_too() -> None:
    docs = [parse_yaml(SERVICE, name=f"{name}.yaml") for name in ("a", "b")]
    with pytest.raises(PackMistake, match=r"a.yaml, line 1: There are two services “room-request”"):
        read_definitions(docs, AROUND)


def test_services_that_open_each_other_without_end_are_a_mistake() -> None:
    first = SERVICE.replace(BOOK, "after: [ask], target: 2, sub: complaint")
    second = first.replace("key: room-request", "key: complaint").replace(
        "sub: complaint", "calls: room-request"
    )
    docs = [parse_yaml(text, name=f"{name}.yaml") for name, text in (("a", first), ("b", second))]
    with pytest.raises(PackMistake, match=r"a.yaml, line 1: “room-request” would open itself"):
        read_definitions(docs, AROUND)


def test_a_file_may_hold_many_services_that_share_their_defaults() -> None:
    indented = "".join(f"  {line}\n" for line in SERVICE.splitlines())
    text = f"defaults: {{clock: wk, waiting: third}}\nservices:\n- {indented.lstrip()}"
    [(_row, definition)] = read_definitions([parse_yaml(text, name="many.yaml")], AROUND)
    assert {(step.unit, step.waiting) for step in definition.steps} == {("wk", "third")}
    with pytest.raises(PackMistake, match=r"many.yaml, line 2: “servces” is not a key"):
        read_definitions([parse_yaml(text.replace("services:", "servces:"), name="many.yaml")], AROUND)
