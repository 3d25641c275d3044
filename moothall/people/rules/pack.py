"""The part of a pack about people: the organisation with its teams, posts, places and roles; sample staff.

What is there already is left as it is, so an office's own changes outlive a second loading.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.contrib.auth.hashers import check_password, make_password
from django.utils.translation import gettext as _

from moothall.core.audit import write_down
from moothall.core.clock import in_london
from moothall.core.commands import SignIn
from moothall.core.marked_yaml import Fields, Marked, near_match
from moothall.core.packs import Pack, Progress
from moothall.core.permissions import all_permissions
from moothall.people.models import (
    Account,
    ContactPoint,
    Grant,
    Organisation,
    Person,
    PersonRole,
    PersonRoleKind,
    Place,
    Post,
    Role,
    Team,
)
from moothall.people.models.contact_folding import fold_email

from .persons import add_person
from .workforce import load_workforce

DEMO_PASSWORD = "hen-neuadd-y-dref"  # noqa: S105 - of sample staff only, and shown to whoever loads them
STAFF = "staff"
KNOWN_FOR = dt.timedelta(days=500)
NAMES = ("title", "given_name", "family_name", "known_as")


def load_part(pack: Pack, progress: Progress) -> None:
    """The organisation always; its sample staff and the people who write to it only in a demo."""
    described = pack.file("organisation.yaml")
    if described is not None:
        progress.begin(_("Organisation and roles"))
        load_organisation(described, pack)
        progress.end()
    staff = pack.file("demo/staff.yaml") if pack.demo else None
    if staff is not None:
        progress.begin(_("Sample staff"))
        load_staff(staff, long_ago(pack), progress)
        progress.end()
    people = pack.file("demo/people.yaml") if pack.demo else None
    if people is not None:
        progress.begin(_("Sample people"))
        load_people(people, long_ago(pack), progress)
        progress.end()
    for name in ("demo/workforce.yaml", *(("demo/sample-workforce.yaml",) if pack.scale else ())):
        workforce = pack.file(name) if pack.demo else None
        if workforce is not None:
            load_workforce(workforce, long_ago(pack), progress)


def long_ago(pack: Pack) -> Pack:
    """Sample people were there before the year of work that they have in common."""
    return replace(pack, at=pack.at - KNOWN_FOR)


def load_organisation(doc: Marked, pack: Pack) -> None:
    fields = Fields(doc)
    organisation = _organisation(fields.mapping("organisation"))
    _keyed_rows(Team, fields, "teams", pack, organisation=organisation)
    _keyed_rows(PersonRoleKind, fields, "kinds_of_person", pack)
    for row in fields.mappings("roles"):
        load_role(row, pack)
    for row in fields.mappings("places"):
        _place(row, organisation)
    for row in fields.mappings("posts"):
        _post(row)
    fields.finish()


def _organisation(row: Marked) -> Organisation:
    fields = Fields(row)
    name, kind = fields.text("name"), fields.text("kind", "partner")
    name_cy = fields.text("name_cy", "")
    fields.finish()
    organisation, _made = Organisation.objects.get_or_create(
        name=name, kind=kind, defaults={"name_cy": name_cy}
    )
    return organisation


def _keyed_rows(model: type[Any], fields: Fields, key: str, pack: Pack, **given: Any) -> None:
    """Rows that have a key, a name and a Welsh name; teams an address as well."""
    for row in fields.mappings(key):
        inner = Fields(row)
        values = {"name": inner.text("name"), "name_cy": inner.text("name_cy", ""), **given}
        if model is Team:
            values["email"] = inner.text("email", "")
        made, new = model.objects.get_or_create(key=inner.text("key"), defaults=values)
        inner.finish()
        if new:
            write_down(f"people.add_{model._meta.model_name}", by=None, at=pack.at, about=made)


def load_role(row: Marked, pack: Pack) -> None:
    fields = Fields(row)
    known = {permission.name for permission in all_permissions()}
    permissions = fields.words("permissions")
    for permission in permissions:
        if permission not in known:
            said = _("No permission is called “%(name)s”.") % {"name": permission}
            raise row.mistake(said + near_match(permission, known), at="permissions")
    values = {
        "name": fields.text("name"),
        "name_cy": fields.text("name_cy", ""),
        "permissions": sorted(permissions),
        "mfa_required": fields.flag("mfa_required"),
    }
    role, new = Role.objects.get_or_create(key=fields.text("key"), defaults=values)
    fields.finish()
    if new:
        detail = {"permissions": sorted(permissions)}
        write_down("people.add_role", by=None, at=pack.at, about=role, detail=detail)


def _place(row: Marked, organisation: Organisation) -> None:
    fields = Fields(row)
    values = {key: fields.text(key, "") for key in ("name_cy", "address", "postcode")}
    Place.objects.get_or_create(name=fields.text("name"), organisation=organisation, defaults=values)
    fields.finish()


def _post(row: Marked) -> None:
    fields = Fields(row)
    place = fields.optional("place")
    values = {
        "title": fields.text("title"),
        "title_cy": fields.text("title_cy", ""),
        "team": row_named(Team, row, "team", fields.text("team")),
        "place": row_named(Place, row, "place", place, field="name") if place else None,
    }
    Post.objects.get_or_create(number=fields.text("number"), defaults=values)
    fields.finish()


def row_named(model: type[Any], row: Marked, key: str, named: str, *, field: str = "key") -> Any:
    """The row a file names; a mistake at its line when there is none."""
    found = model.objects.filter(**{field: named}).order_by("pk").first()
    if found is None:
        said = _("There is no %(kind)s “%(named)s”.") % {"kind": model._meta.verbose_name, "named": named}
        others = model.objects.values_list(field, flat=True)
        raise row.mistake(said + near_match(named, others), at=key)
    return found


def load_staff(doc: Marked, pack: Pack, progress: Progress) -> None:
    """Sample staff share one password, hashed once: a hash is made to take long."""
    fields = Fields(doc)
    hashed = make_password(DEMO_PASSWORD)
    are_demo: dict[str, bool] = {hashed: True}
    for row in fields.mappings("staff"):
        account = _member_of_staff(row, pack, hashed)
        told = Fields(row).optional("sign_in")
        if account.password not in are_demo:
            are_demo[account.password] = check_password(DEMO_PASSWORD, account.password)
        if told and are_demo[account.password]:
            pack.sign_ins.append(SignIn(account.email, DEMO_PASSWORD, told))
        progress.advance()
    for row in fields.mappings("leads"):
        inner = Fields(row)
        team = row_named(Team, row, "team", inner.text("team"))
        lead = row_named(Account, row, "email", inner.text("email"), field="email")
        inner.finish()
        Team.objects.filter(pk=team.pk, lead=None).update(lead=lead)
    fields.finish()


def _member_of_staff(row: Marked, pack: Pack, hashed: str) -> Account:
    """Their account, person, post and grants; whoever has an account already is left as they are."""
    fields = Fields(row, also={"sign_in"})
    email = fields.text("email")
    names: dict[str, Any] = {key: fields.text(key, "") for key in NAMES}
    name = fields.text("name", f"{names['given_name']} {names['family_name']}".strip())
    language, phones = fields.choice("language", ("en", "cy"), "en"), fields.words("phones")
    number = fields.optional("post")
    post = row_named(Post, row, "post", number, field="number") if number else None
    grants = [_granted(grant) for grant in fields.mappings("grants")]
    fields.finish()
    there = Account.objects.filter(email__iexact=email).first()
    if there is not None:
        return there
    source = _("Said so on joining")
    person = add_person(
        full_name=name, **names, language=language, language_source=source,
        emails=[email], phones=phones, by=None, at=pack.at,
    )  # fmt: skip
    _has_role(person, STAFF, row, pack, post=post, organisation=post.team.organisation if post else None)
    account = Account.objects.create(
        email=email, name=name, person=person, language=language, password=hashed
    )
    write_down("people.add_account", by=None, at=pack.at, about=account)
    for role, team in grants:
        day = in_london(pack.at).date()
        grant = Grant.objects.create(account=account, role=role, team=team, started_on=day)
        detail = {"role": role.key, "team": team.key if team else None}
        write_down("people.grant", by=None, at=pack.at, about=grant, detail=detail)
    return account


def _granted(row: Marked) -> tuple[Role, Team | None]:
    fields = Fields(row)
    role = row_named(Role, row, "role", fields.text("role"))
    team = fields.optional("team")
    fields.finish()
    return role, row_named(Team, row, "team", team) if team else None


def _has_role(person: Person, kind: str, row: Marked, pack: Pack, **where: Any) -> None:
    PersonRole.objects.create(
        person=person,
        kind=row_named(PersonRoleKind, row, "kind", kind),
        started_on=in_london(pack.at).date(),
        **where,
    )


def load_people(doc: Marked, pack: Pack, progress: Progress) -> None:
    fields = Fields(doc)
    organisations: dict[str, Organisation] = {}
    for row in fields.mappings("organisations"):
        organisation = _organisation(row)
        organisations[organisation.name] = organisation
    for row in fields.mappings("people"):
        _somebody(row, organisations, pack)
        progress.advance()
    fields.finish()


def _somebody(row: Marked, organisations: Mapping[str, Organisation], pack: Pack) -> None:
    """Somebody who writes to the office; known by their first address."""
    fields = Fields(row)
    names: dict[str, Any] = {key: fields.text(key, "") for key in NAMES}
    name = fields.text("name", f"{names['given_name']} {names['family_name']}".strip())
    emails, phones = fields.words("emails"), fields.words("phones")
    language = fields.choice("language", ("en", "cy"), "")
    kind, works_for = fields.text("kind"), fields.optional("organisation")
    address = fields.text("address", "")
    fields.finish()
    if works_for and works_for not in organisations:
        said = _("There is no organisation “%(name)s” in this file.") % {"name": works_for}
        raise row.mistake(said + near_match(works_for, organisations), at="organisation")
    organisation = organisations[works_for] if works_for else None
    if not emails:
        raise fields.missing("emails")
    if ContactPoint.objects.filter(kind=ContactPoint.EMAIL, folded=fold_email(emails[0])).exists():
        return
    person = add_person(
        full_name=name, **names, language=language, language_source=_("Said so when first in touch"),
        organisation=organisation, emails=emails, phones=phones, post=address, by=None, at=pack.at,
    )  # fmt: skip
    _has_role(person, kind, row, pack, organisation=organisation)
