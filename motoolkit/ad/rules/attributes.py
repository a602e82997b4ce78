"""What AD has for somebody differs from what MO has, attribute by attribute, as the settings name them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from motoolkit.ad.kinds import is_person
from motoolkit.ad.matching import person_of
from motoolkit.ad.normal import NORMAL, alike, common_names, without_username
from motoolkit.ad.rules._rule import ERROR, INFO, WARNING, Found, rule
from motoolkit.ad.rules._telling import where
from motoolkit.ad.values import Said, Value, value
from motoolkit.language import N_, tr

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from motoolkit.ad.records import Account
    from motoolkit.ad.world import World
    from motoolkit.findings import Severity
    from motoolkit.profile.ad import FieldRule

MANAGER: Final = "manager"
"""The attribute that points at an account; it has rules of its own."""
_OF_VALUE: Final = {"unit.path": "ATTR-UNITPATH"}
"""What a difference is whatever the attribute."""
_OF_ATTRIBUTE: Final = {
    **dict.fromkeys(("givenname", "sn"), "ATTR-NAME"),
    "displayname": "ATTR-DISPLAY",
    **dict.fromkeys(("cn", "name"), "ATTR-CN"),
    **dict.fromkeys(("mail", "proxyaddresses"), "ATTR-MAIL"),
    **dict.fromkeys(
        (
            "telephonenumber",
            "othertelephone",
            "mobile",
            "othermobile",
            "pager",
            "ipphone",
            "homephone",
            "facsimiletelephonenumber",
        ),
        "ATTR-PHONE",
    ),
    **dict.fromkeys(("streetaddress", "l", "postalcode", "postaladdress", "st"), "ATTR-ADDRESS"),
    **dict.fromkeys(("physicaldeliveryofficename", "roomnumber"), "ATTR-OFFICE"),
    "title": "ATTR-TITLE",
    **dict.fromkeys(("department", "departmentnumber", "division"), "ATTR-DEPT"),
    "company": "ATTR-COMPANY",
}
"""What a difference is by the attribute; of another one it is by MO's value."""
_NORMAL_OF: Final = {"ATTR-MAIL": "mail", "ATTR-PHONE": "phone", "ATTR-CN": "cn"}
"""How texts are compared whose sort the attribute tells."""
_FIELDS: Final = {
    "givenname": "given_name",
    "sn": "surname",
    "displayname": "display_name",
    "cn": "cn",
    "name": "cn",
    "mail": "mail",
    "employeenumber": "employee_number",
}
"""Attributes that accounts have in any case."""

_LONGEST: Final = {"department": 64, "company": 64, "givenname": 64, "sn": 64, "title": 128}
"""Characters for which AD has room, by its schema; what is longer is cut and no difference."""


class Difference(NamedTuple):
    """One attribute in which the two sides differ.

    Attributes:
        ruled: what the settings say of it.
        ad: AD's values.
        said: MO's.
        soft: it is hardly one: initials, a middle name left out.
        leaked: AD shows what MO keeps secret.
    """

    code: str
    ruled: FieldRule
    ad: tuple[str, ...]
    said: Said
    soft: bool
    leaked: bool


class Compared(NamedTuple):
    """One attribute as it is compared: its name in lower case, what of MO's with, and how."""

    name: str
    code: str
    sort: str
    ruled: FieldRule
    value: Value


def compared(world: World, ad: str) -> tuple[Compared, ...]:
    """Return the attributes of a directory that are compared, without the manager and what MO has not."""
    return tuple(
        _compared(ruled.attribute.lower(), ruled, meant)
        for ruled in world.settings[ad].fields
        if ruled.attribute.lower() != MANAGER and (meant := value(ruled.mo))
    )


def _compared(name: str, ruled: FieldRule, meant: Value) -> Compared:
    code = _OF_VALUE.get(ruled.mo) or _OF_ATTRIBUTE.get(name, meant.code)
    sort = _NORMAL_OF.get(code, meant.normal) if meant.normal in {"text", "name"} else meant.normal
    return Compared(name, code, sort, ruled, meant)


def differences(world: World, key: tuple[str, str]) -> tuple[Difference, ...]:
    """Return the attributes of an account that are not what MO says; the manager is not among them."""
    account = world.accounts.one(key)
    if account is None or not world.ask(is_person, key) or not world.ask(person_of, key):
        return ()
    found = (_difference(world, account, each) for each in world.ask(compared, account.ad))
    # Of an account that is put away only what it should not show matters.
    return tuple(each for each in found if each and (account.enabled or each.leaked))


def attribute_of(account: Account, attribute: str) -> tuple[str, ...]:
    """Return the values of an attribute, of proxyAddresses the primary one."""
    name = attribute.lower()
    held = account.attributes.get(name, ())
    if name == "proxyaddresses":
        return tuple(each[5:] for each in (account.proxy_addresses or held) if each.startswith("SMTP:"))
    if not held and name in _FIELDS:
        held = (getattr(account, _FIELDS[name]),)
    return tuple(each for each in held if each.strip())


def _difference(world: World, account: Account, each: Compared) -> Difference | None:
    said = each.value.say(world, account.key)
    if said is None:
        return None
    ad = attribute_of(account, each.name)
    if ad == said.values and not said.secret:
        return None
    theirs, right = _normal(each.sort, ad), _normal(each.sort, _fitting(each.name, said.values))
    if theirs & (_normal(each.sort, said.secret) - right):
        return Difference(each.code, each.ruled, ad, said, soft=False, leaked=True)
    if theirs & right or not (theirs or right):
        return None
    by_name = each.value.normal == "name"
    if by_name and _written_otherwise(account, each.name, ad, said.values):
        return None
    soft = each.ruled.soft or (by_name and _softly(ad, said))
    return Difference(each.code, each.ruled, ad, said, soft=soft, leaked=False)


def _fitting(attribute: str, values: tuple[str, ...]) -> Iterator[str]:
    yield from values
    if longest := _LONGEST.get(attribute):
        yield from (each[:longest] for each in values if len(each) > longest)


def _normal(sort: str, values: Iterable[str]) -> set[str]:
    return {found for each in values if (found := NORMAL[sort](each))}


def _written_otherwise(account: Account, attribute: str, ad: tuple[str, ...], names: tuple[str, ...]) -> bool:
    """Tell whether a name is only written as directories do: shortened, numbered, or with the username."""
    if attribute not in {"cn", "name", "displayname"}:
        return False
    shown = _normal("cn", (without_username(each, account.sam) for each in ad))
    return bool(shown & _normal("cn", (made for name in names for made in common_names(name))))


def _softly(ad: tuple[str, ...], said: Said) -> bool:
    return any(alike(one, other) for one in ad for other in (*said.values, *said.soft))


_REMEDIES: Final = {
    "mo": N_(
        "Let the integration write MO's value to AD; its /Inspect/mo2ldap/{person} tells what it would."
    ),
    "ad": N_("Let the integration bring AD's value to MO; its /Inspect/ldap2mo/{guid} tells what it would."),
}
_REMOVE: Final = N_("Remove the value from AD, and see by which way it came there.")


def _judge(code: str, world: World, key: tuple[str, str]) -> Iterator[Found]:
    for each in world.ask(differences, key):
        account = world.accounts.one(key)
        if account and each.code == code:
            yield _leak(account, each) if each.leaked else _found(account, each)


def _found(account: Account, each: Difference) -> Found:
    severity: Severity | None = INFO if each.soft else None
    right = {"mo": "MO", "ad": "AD"}[each.ruled.authority]
    facts = where(account) | {"authority": right, "MO": each.ruled.mo}
    return Found(
        source=_shown(each.ad),
        mo=_shown(each.said.values[:1]),
        attribute=each.ruled.attribute,
        detail=tr("Written differently; perhaps the same.") if each.soft and not each.ruled.soft else "",
        severity=severity,
        facts=facts,
        remedy=_REMEDIES[each.ruled.authority],
    )


def _leak(account: Account, each: Difference) -> Found:
    """What is secret is not told again in a finding that others read."""
    hidden = tr("(secret)")
    return Found(
        source=hidden,
        mo=hidden,
        attribute=each.ruled.attribute,
        detail=tr("Everybody can read in AD what MO keeps secret."),
        severity=ERROR,
        facts=where(account) | {"authority": "MO", "MO": each.ruled.mo},
        remedy=_REMOVE,
    )


def _shown(values: tuple[str, ...]) -> Any:
    return ", ".join(values) or None


TEXTS: Final = {
    "ATTR-NAME": (
        N_("Other name in AD"),
        N_("Given name or surname in AD is not the person's in MO."),
    ),
    "ATTR-DISPLAY": (
        N_("Other displayed name in AD"),
        N_("The name that AD displays is not the person's in MO."),
    ),
    "ATTR-CN": (
        N_("Other common name in AD"),
        N_("The account is called otherwise than the person in MO; renaming it changes its DN."),
    ),
    "ATTR-MAIL": (
        N_("Other e-mail in AD"),
        N_("The e-mail in AD is neither the account's nor the person's in MO."),
    ),
    "ATTR-PHONE": (
        N_("Other telephone number in AD"),
        N_("A telephone number in AD is not one of the person's in MO."),
    ),
    "ATTR-ADDRESS": (N_("Other address in AD"), N_("The postal address in AD is not MO's.")),
    "ATTR-OFFICE": (N_("Other office in AD"), N_("The office in AD is not the person's in MO.")),
    "ATTR-TITLE": (
        N_("Other title in AD"),
        N_("The title in AD is not that of the engagement which the account is for."),
    ),
    "ATTR-DEPT": (
        N_("Other department in AD"),
        N_("The department in AD is not the unit of the engagement which the account is for."),
    ),
    "ATTR-COMPANY": (
        N_("Other company in AD"),
        N_("The company in AD is not the upper unit of the engagement which the account is for."),
    ),
    "ATTR-UNITPATH": (
        N_("Other path of units in AD"),
        N_("The path of units in AD is not that of the engagement which the account is for."),
    ),
}
"""Title and explanation of each kind of difference."""

for _code, (_title, _explanation) in TEXTS.items():
    rule(
        _code,
        "account",
        WARNING,
        title=_title,
        explanation=_explanation,
        remedy=N_("Let the side whose value is right give it to the other one."),
    )(partial(_judge, _code))
