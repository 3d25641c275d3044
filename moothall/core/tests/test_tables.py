"""Tables made together come, and go again, however they point to each other."""

import pytest
from django.db import connection, migrations, models
from django.db.migrations.state import ProjectState

from moothall.core.tables import Together

KEY: "tuple[str, models.Field[int, int]]" = ("id", models.BigAutoField(primary_key=True))
HENS = Together(
    [
        migrations.CreateModel(
            "Hen", [KEY, ("egg", models.ForeignKey("core.egg", models.CASCADE, null=True))]
        ),
        migrations.CreateModel(
            "Egg", [KEY, ("hen", models.ForeignKey("core.hen", models.CASCADE, null=True))]
        ),
    ]
)


@pytest.fixture
def after() -> ProjectState:
    state = ProjectState()
    assert state.apps.get_models() == [], "drawn before, like between two migrations"
    HENS.state_forwards("core", state)
    return state


def test_models_are_drawn_once_for_all_of_them(after: ProjectState) -> None:
    assert "apps" not in vars(after), "drawn again when somebody asks, and not for each table"
    hen, egg = after.apps.get_model("core", "Hen"), after.apps.get_model("core", "Egg")
    assert hen._meta.get_field("egg").related_model is egg
    assert egg._meta.get_field("hen").related_model is hen


@pytest.mark.django_db
def test_tables_are_made_before_they_point_to_each_other(after: ProjectState) -> None:
    with connection.schema_editor(collect_sql=True) as editor:
        HENS.database_forwards("core", editor, ProjectState(), after)
    said = [line for line in editor.collected_sql if not line.startswith("--")]
    verbs = [" ".join(line.split()[:2]) for line in said]
    assert verbs.index("ALTER TABLE") > max(at for at, verb in enumerate(verbs) if verb == "CREATE TABLE")
    assert sum("FOREIGN KEY" in line for line in said) == 2


@pytest.mark.django_db
def test_they_go_the_other_way_round(after: ProjectState) -> None:
    with connection.schema_editor(collect_sql=True) as editor:
        HENS.database_backwards("core", editor, after, ProjectState())
    assert [line.split('"')[1] for line in editor.collected_sql if line.startswith("DROP")] == [
        "core_egg",
        "core_hen",
    ]
