"""What a directory holds beside people's accounts: administrators, services, mailboxes, groups."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from motoolkit.sandbox.ad import places as at
from motoolkit.sandbox.ad._builder import DISABLED, NORMAL, PERSONS
from motoolkit.sandbox.ad._plan import ACTIVE
from motoolkit.sandbox.ad._thing import CONTAINER, GROUP, USER, Thing
from motoolkit.sandbox.ad.facts import NOW
from motoolkit.sandbox.municipality import plain, uid, unit_uuid

if TYPE_CHECKING:
    from collections.abc import Iterable

    from motoolkit.sandbox.ad._builder import Builder

SECURITY: Final = -2147483646
"""A global security group, as groupType has it."""
LIST: Final = 8
"""A universal distribution group."""
_TYPES: Final = {SECURITY: 268435456, LIST: 268435457, -2147483640: 268435456, 2: 268435457}
SHARED: Final = 4
ROOM: Final = 16
NEVER_EXPIRES: Final = 0x10000

OWNER: Final = {"admin": "it", "skole": "two-a"}
"""Whose account answers for groups and services, by the key of the municipality's person."""
ADMINISTRATORS: Final = {"admin": ("it", "promoted", "came-back"), "skole": ("two-a",)}
_BOXES: Final = {
    "admin": (
        ("Postkasse HR og Løn", "hr", SHARED),
        ("Postkasse It og Digitalisering", "it", SHARED),
        ("Postkasse Borgerservice", "borgerservice", SHARED),
        ("Postkasse Kultur og Fritid", "kultur", SHARED),
        ("Mødelokale Havnen", "oekonomi", ROOM),
    ),
    "skole": (("Postkasse Vig Skole", "vig-head", SHARED), ("Postkasse Ravnsnæs Skole", "clerk", SHARED)),
}
_LISTS: Final = {
    "admin": ("It og Digitalisering", "Kultur og Fritid", "Center for Sundhed og Forebyggelse"),
    "skole": ("Ravnsnæs Skole", "Vig Skole"),
}
_SHARED_RIGHTS: Final = {
    "admin": (("Projekt Havn", ("it", "museum", "kultur")), ("Printere Rådhuset", ("hr", "oekonomi", "it"))),
    "skole": (("Skoleintra", ("two-a", "vig-head")),),
}
_OWN_USERS: Final = (("Administrator", 500, NORMAL), ("Guest", 501, 546), ("krbtgt", 502, NORMAL | DISABLED))
_OWN_GROUPS: Final = (("Domain Admins", 512), ("Domain Users", 513), ("Schema Admins", 518))


def furnish(builder: Builder) -> None:
    """Write all of it."""
    _write_own(builder)
    _write_administrators(builder)
    for name in ("svc-backup", "svc-sql", "svc-sdloen"):
        _write_service(builder, name)
    for name, owner, kind in _BOXES[builder.place.name]:
        box = mailbox(builder, name, kind)
        box.link("manager", *account_of(builder, owner))
        box.link("publicDelegates", *account_of(builder, owner))
    _write_roles(builder)
    _write_lists(builder)
    for name, members in _SHARED_RIGHTS[builder.place.name]:
        group(builder, name, at.OTHER_GROUPS, (guid for key in members for guid in account_of(builder, key)))


def account_of(builder: Builder, person: str) -> list[str]:
    """Return the account of one of the municipality's persons, none where there is none."""
    found = builder.main_account(uid("persons", person))
    return [found] if found else []


def user(builder: Builder, key: str, name: str, sam: str, parent: str, *, disabled: bool = False) -> Thing:
    """Write an account that no person of MO has as such."""
    created = builder.days_ago(700)
    guid = builder.place.key(f"account/{key}")
    thing = Thing(guid, USER, builder.common_name(name, parent), parent, created, created)
    builder.basics(thing, sam, None, disabled=disabled)
    thing.put(displayName=name, userPrincipalName=f"{plain(sam)}@{builder.place.suffix}")
    return builder.draft.add(thing)


def group(
    builder: Builder, name: str, below: str, members: Iterable[str], kind: int = SECURITY, **values: Any
) -> Thing:
    """Write a group that the directory's owner answers for."""
    created = builder.days_ago(900)
    guid = builder.place.key(f"group/{name}")
    thing = Thing(guid, GROUP, name, builder.key(at.GROUPS, below), created, builder.days_ago(30))
    thing.put(sAMAccountName=name, groupType=kind, sAMAccountType=_TYPES[kind], **values)
    thing.link("member", *dict.fromkeys(members))
    thing.link("managedBy", *account_of(builder, OWNER[builder.place.name]))
    return builder.draft.add(thing)


def mailbox(builder: Builder, name: str, kind: int = SHARED) -> Thing:
    """Write a mailbox that nobody logs on with."""
    alias = plain(name).replace(".", "-")[:20].strip("-")
    box = user(builder, name, name, alias, builder.key(at.MAILBOXES), disabled=True)
    mail = f"{plain(name)}@nordby.example"
    box.put(mail=mail, userPrincipalName=mail)
    box.values.pop("lastLogonTimestamp", None)
    builder.mailbox(box, alias, mail, kind)
    return box


def _write_own(builder: Builder) -> None:
    moment = builder.days_ago(4000)
    container = Thing(builder.place.key("users"), CONTAINER, "Users", "", moment, moment)
    builder.draft.add(container)
    for name, rid, uac in _OWN_USERS:
        thing = Thing(builder.place.key(f"own/{name}"), USER, name, container.guid, moment, moment, rid=rid)
        thing.put(sAMAccountName=name, sAMAccountType=PERSONS, userAccountControl=uac, primaryGroupID=513)
        thing.put(isCriticalSystemObject="TRUE")
        builder.draft.add(thing)
    for name, rid in _OWN_GROUPS:
        thing = Thing(builder.place.key(f"own/{name}"), GROUP, name, container.guid, moment, moment, rid=rid)
        thing.put(sAMAccountName=name, groupType=SECURITY, sAMAccountType=268435456)
        thing.put(isCriticalSystemObject="TRUE", adminCount=None if rid == 513 else 1)  # noqa: PLR2004 - all users
        builder.draft.add(thing)


def _write_administrators(builder: Builder) -> None:
    """Write the second accounts of those who look after the directory; the first of them rules it."""
    rulers = [builder.place.key("own/Administrator")]
    for number, key in enumerate(ADMINISTRATORS[builder.place.name]):
        for guid in account_of(builder, key):
            mine = builder.draft[guid]
            name, sam = f"{mine.name} (admin)", f"adm-{mine.value('sAMAccountName')}"
            thing = user(builder, f"admin/{key}", name, sam, builder.key(at.ADMINS))
            thing.put(givenName=mine.value("givenName"), sn=mine.value("sn"))
            thing.put(**{"msDS-cloudExtensionAttribute1": uid("persons", key)})
            if number == 0:
                thing.put(adminCount=1)
                rulers.append(thing.guid)
    builder.draft[builder.place.key("own/Domain Admins")].link("member", *rulers)


def _write_service(builder: Builder, name: str) -> None:
    thing = user(builder, name, name, name, builder.key(at.SERVICES))
    thing.put(userAccountControl=NORMAL | NEVER_EXPIRES, description="Servicekonto")
    # So that no attribute of the settings is on nobody, however small the municipality.
    thing.put(physicalDeliveryOfficeName="Serverrum", mobile="+4500000099", telephoneNumber="+4500000098")


def _write_roles(builder: Builder) -> None:
    """Write a group for each role of the directory's IT system, with those who have the role today."""
    facts = builder.facts
    members: dict[str, list[str]] = {}
    accounts = {one.ituser.uuid: guid for guid, one in builder.accounts.items() if one.ituser}
    living = {guid for guid, one in builder.accounts.items() if one.state == ACTIVE}
    for _, values in facts.current("rolebindings"):
        guid = accounts.get(values["ituser"], "")
        if guid in living and (it := builder.accounts[guid].ituser) and it.tense == NOW:
            members.setdefault(values["role"], []).append(guid)
    system = facts.itsystem(builder.place.itsystem)
    for uuid, values in facts.current("classes"):
        if facts.value("facets", values["facet"], "user_key") == "role" and values["it_system"] == system:
            name = f"{builder.place.itsystem}_{values['user_key']}"
            group(builder, name, at.ROLES, sorted(members.get(uuid, ())), description=values["name"])


def _write_lists(builder: Builder) -> None:
    for name in _LISTS[builder.place.name]:
        mail = f"alle.{plain(name)}@nordby.example"
        group(builder, f"Alle i {name}", at.LISTS, _working_in(builder, unit_uuid(name)), LIST, mail=mail)
    leaders = {
        guid
        for posts in builder.facts.leaders.values()
        for other, person in posts
        if person and not other and (guid := builder.main_account(person))
    }
    mail = f"alle.ledere@{builder.place.suffix}"
    group(builder, "Alle ledere", at.LISTS, sorted(leaders), LIST, mail=mail)


def _working_in(builder: Builder, unit: str) -> list[str]:
    return [
        guid
        for guid, one in sorted(builder.accounts.items())
        if one.state == ACTIVE
        and one.engagement
        and not one.outside
        and unit in builder.facts.line(one.engagement.unit)
    ]
