"""The articles and the directory of the packs load whole, in both languages, and answer what they are for."""

import pytest

from moothall.core.packs import load_pack
from moothall.knowledge.models import Article, ArticleEdition, Signpost
from moothall.knowledge.rules.suggesting import suggestions_for

from .make import AT, TODAY, make_reader

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.mark.parametrize(("pack", "least"), [("learning-desk", 20), ("people-services", 10)])
def test_the_articles_of_a_pack_are_published_in_both_languages(pack: str, least: int) -> None:
    load_pack(pack, at=AT)
    assert Article.objects.published().count() >= least
    assert not ArticleEdition.objects.filter(body_cy="").exists()
    assert not Signpost.objects.filter(words_en=None).exists()


def test_a_question_about_parking_finds_the_article_about_it_in_either_language() -> None:
    load_pack("learning-desk", at=AT)
    for text, language in (
        ("Where can I park at the Glan Afon centre, is a permit needed?", "en"),
        ("Oes parcio yng Nglan Afon? Oes angen trwydded parcio?", "cy"),
    ):
        found = suggestions_for(text, language=language, service=None, account=make_reader(), on=TODAY)
        assert found[0].found.key == "training-centre-parking"
