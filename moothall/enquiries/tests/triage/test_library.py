"""The library that learns: what it says of texts, when it keeps silent, and that its file is only data."""

import numpy as np
import pytest

from moothall.enquiries.triage import NotAModel, from_bytes, to_bytes
from moothall.enquiries.triage.features import count_marks, fold
from moothall.enquiries.triage.judging import NEVER, Judged, quality_of, temperature_for, threshold_for
from moothall.enquiries.triage.training import STRENGTHS, Example, Trained, train

KINDS = {
    "courses": ["first aid course", "place on the course", "book the training day", "cwrs cymorth cyntaf"],
    "rooms": ["meeting room for twelve", "room with a screen", "hire the hall", "ystafell gyfarfod fawr"],
    "money": ["bursary deadline", "invoice not paid", "refund of the fee", "dyddiad cau y fwrsariaeth"],
}


def examples(many: int = 240) -> list[Example]:
    """Enquiries of three kinds in turn, each said a little differently."""
    made = []
    for number in range(many):
        kind = list(KINDS)[number % 3]
        said = KINDS[kind][(number // 3) % 4]
        text = f"Hello, I am writing about the {said}, number {number}. Thank you."
        made.append(Example(text, {"service": kind}, "cy" if (number // 3) % 4 == 3 else "en"))
    return made


@pytest.fixture(scope="module")
def trained() -> Trained:
    return train(examples())


def test_it_learns_what_texts_are_about_and_says_which_words_told_it(trained: Trained) -> None:
    answer = trained.model.ask("When is the deadline for the bursary?")["service"]
    assert answer.sure
    assert answer.likely[0].label == "money"
    assert {"bursary", "deadline"} <= set(answer.likely[0].words)
    assert sum(each.confidence for each in answer.likely) == pytest.approx(1, abs=0.01)


def test_welsh_is_learned_like_english_and_measured_apart(trained: Trained) -> None:
    assert trained.model.ask("Oes ystafell gyfarfod ar gael?")["service"].likely[0].label == "rooms"
    assert trained.quality["service"].groups["cy"].accuracy == 1


def test_it_is_not_sure_of_what_it_has_never_seen(trained: Trained) -> None:
    assert not trained.model.ask("zzz qqq")["service"].sure
    assert not trained.model.ask("")["service"].sure


def test_the_part_it_is_measured_on_came_last_and_was_not_learned_from(trained: Trained) -> None:
    assert (trained.learned_from, trained.held_back) == (240, 36)
    assert trained.quality["service"].whole.asked == 36
    mixed = examples(200) + [Example("something quite new and unlike", {"service": "novel"})] * 40
    assert train(mixed).quality["service"].whole.right == 0


def test_how_closely_it_keeps_to_what_it_was_told_is_chosen_without_the_part_it_is_measured_on() -> None:
    made = examples()
    first = train(made).strengths
    assert first["service"] in STRENGTHS
    muddled = [*made[:180], *(Example(e.text, {"service": "rooms"}, e.group) for e in made[180:])]
    assert train(muddled).strengths == first


def test_too_few_examples_teach_nothing() -> None:
    assert train(examples(30)).model.heads == {}
    assert train([Example("the same", {"service": "one"})] * 100).model.heads == {}
    assert train([]).model.ask("anything") == {}


def test_what_is_rare_is_left_to_people() -> None:
    given = [*examples(), *[Example("a letter from the minister", {"service": "rare"})] * 2]
    assert "rare" not in train(given).model.heads["service"].labels


def test_a_model_comes_back_from_its_file_as_it_was(trained: Trained) -> None:
    kept = to_bytes(trained.model)
    again = from_bytes(kept)
    text = "Is the hall free on Thursday for a course?"
    assert again.ask(text) == trained.model.ask(text)
    assert to_bytes(again) == kept


def test_the_same_examples_make_the_same_file(trained: Trained) -> None:
    assert to_bytes(train(examples()).model) == to_bytes(trained.model)


@pytest.mark.parametrize("raw", [b"", b"PK\x03\x04", b"\x80\x04]\x94.", b"x" * 1000])
def test_a_file_that_is_not_a_model_is_refused_and_never_run(raw: bytes) -> None:
    with pytest.raises(NotAModel):
        from_bytes(raw)


def test_objects_inside_a_file_are_not_loaded(tmp_path: object) -> None:
    import io

    kept = io.BytesIO()
    np.savez(kept, about=np.array([{"a": 1}], dtype=object))
    with pytest.raises((NotAModel, ValueError)):
        from_bytes(kept.getvalue())


@pytest.mark.parametrize(
    "text", ["", " ", "\0\0", "a", "😀" * 3000, "ŵ" * 100_000, "\ud800"[:0], "1234 5678", "it's o'clock"]
)
def test_any_text_can_be_asked(trained: Trained, text: str) -> None:
    assert len(trained.model.ask(text)["service"].likely) == 3


def test_folding_makes_alike_what_says_the_same() -> None:
    assert fold("Room  42,\nFRIDAY’S") == "room 0, friday's"
    one, other = count_marks("Book room 4"), count_marks("book  ROOM 9")
    assert (one.words == other.words).all()
    assert (one.letters == other.letters).all()


def test_a_threshold_is_the_least_confidence_that_was_right_often_enough() -> None:
    judged = [Judged("a", 0.9 - n / 1000, "a", True) for n in range(40)]
    judged += [Judged("a", 0.5 - n / 1000, "b", True) for n in range(40)]
    threshold = threshold_for(judged, wanted=0.95)
    assert 0.49 < threshold < 0.9
    measured = quality_of(judged, threshold)
    assert measured.whole.precision == pytest.approx(0.95, abs=0.01)
    assert measured.whole.accuracy == 0.5
    assert measured.labels["b"].coverage == pytest.approx(2 / 40)


def test_where_it_is_never_right_often_enough_it_never_speaks() -> None:
    assert threshold_for([Judged("a", 0.9, "b", False)] * 100) == NEVER
    assert threshold_for([Judged("a", 0.9, "a", True)] * 3) == NEVER


def test_a_head_that_is_often_wrong_is_made_less_sure() -> None:
    scores = np.array([[1.0, 0.0]] * 10, np.float32)
    surely, hardly = np.zeros(10, np.int64), np.array([0, 1] * 5)
    assert temperature_for(scores, surely) < temperature_for(scores, hardly)


def test_the_labelled_sets_are_the_files_written_down() -> None:
    from benchmarks.triage import SETS, rows_of

    counts = {given.name: sum(1 for name in given.files for _row in rows_of(name)) for given in SETS}
    assert counts == {"banking77": 13_083, "CLINC150": 23_500, "tickets": 47_837}
