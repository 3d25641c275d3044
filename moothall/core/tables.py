"""Tables made together: Django draws all models anew for each table it makes; here once for all of an app."""

from collections.abc import Sequence
from typing import ClassVar

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState


class Together(Operation):
    """Operations of which none needs the models as they stood between two of them, like making new tables.

    A table is made with the columns, indexes and constraints that are added to it further down. Tables may
    point to each other: PostgreSQL hears of foreign keys when the migration ends.
    """

    serialization_expand_args: ClassVar[list[str]] = ["operations"]

    def __init__(self, operations: Sequence[Operation]) -> None:
        self.operations = operations

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        vars(state).pop("apps", None)  # drawn again when next asked for, with all that is new in it
        for operation in self.operations:
            operation.state_forwards(app_label, state)

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        made: set[str] = set()
        for operation in self.operations:
            if isinstance(operation, migrations.CreateModel):
                made.add(operation.name_lower)
            elif getattr(operation, "model_name", "").lower() in made:
                continue  # the table was made with it
            operation.database_forwards(app_label, schema_editor, to_state, to_state)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        for operation in reversed(self.operations):
            operation.database_backwards(app_label, schema_editor, from_state, from_state)
