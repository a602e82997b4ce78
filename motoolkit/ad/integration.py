"""Taking over the configuration that the AD integration runs with (domain/ad.md, 3.1): environment or YAML.

What it says about the directory and about accounts becomes settings; what can not be taken over is listed.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from motoolkit.errors import AdError
from motoolkit.language import tr
from motoolkit.profile.ad import AdSettings, Discriminator, UsernameRules

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_LINE: Final = re.compile(r"\s*(?:export\s+)?([A-Za-z_][A-Za-z0-9_]*)\s*=\s*(.*?)\s*")
_ATTRIBUTE: Final = re.compile(r"\s*\{\{\s*ldap\.([A-Za-z][\w-]*)\s*(?:\|[^}]*)?\}\}\s*")
_USER_KEY: Final = re.compile(r"['\"]user_key['\"]\s*:\s*['\"]([^'\"]+)['\"]|\(\s*['\"]([^'\"]+)['\"]\s*\)")
_CASES: Final = {"ad": "AD", "standard": "standard"}
_KNOWN: Final = frozenset(
    {
        "discriminator_fields",
        "discriminator_filter",
        "discriminator_values",
        "discriminator_legacy_bypass_via_itsystem",
        "ldap_auth_method",
        "ldap_controllers",
        "ldap_cpr_attribute",
        "ldap_dialect",
        "ldap_domain",
        "ldap_it_system",
        "ldap_object_class",
        "ldap_ous_to_search_in",
        "ldap_password",
        "ldap_read_only",
        "ldap_receive_timeout",
        "ldap_response_timeout",
        "ldap_search_base",
        "ldap_unique_id_field",
        "ldap_user",
        "ldap_user_objectclass",
    }
)
"""What is read below, and what only tells the integration how to run."""


@dataclass(frozen=True, slots=True)
class ImportedSettings:
    """What could be taken over, and what could not.

    Attributes:
        settings: of the directory; without its password.
        left_out: one sentence for each thing that must be looked at by hand.
    """

    settings: AdSettings
    left_out: tuple[str, ...]


def import_settings(path: str | Path, *, name: str = "") -> ImportedSettings:
    """Read the integration's own configuration.

    Args:
        path: a file of variables (``LDAP_SEARCH_BASE=…``), the integration's ``config.yaml``, or a
            docker-compose file that it stands in.
        name: what to call the directory; by default the integration's event namespace, else the file's name.

    Raises:
        AdError: the file can not be read, or is no such configuration.
    """
    file = Path(path).expanduser()
    given = _given(file)
    if not given.get("ldap_search_base"):
        raise AdError(
            f"The file {file} is no configuration of the AD integration: it has no LDAP_SEARCH_BASE.",
            remedy="Give its file of environment variables, or its config.yaml.",
        )
    left_out: list[str] = []
    settings = AdSettings(
        name=(name or str(given.get("event_namespace") or file.stem)).replace("/", "-"),
        **_server(given, left_out),
        **_places(given),
        **_links(given),
        discriminator=_discriminator(given),
        usernames=_usernames(given, left_out),
        scope_units=_texts(given.get("create_user_trees")),
    )
    left_out += _others(given)
    return ImportedSettings(settings, tuple(left_out))


def _given(path: Path) -> dict[str, Any]:
    """Return the settings by their lower-case names, nested ones as tables."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is no text"
        raise AdError(f"The file {path} can not be read: {reason}.", remedy="Check its path.") from None
    if path.suffix.lower() in {".yaml", ".yml", ".json"}:
        return _nested(_in_yaml(path, text))
    return _nested(dict(_variables(text)))


def _variables(text: str) -> Iterator[tuple[str, Any]]:
    for line in text.splitlines():
        found = _LINE.fullmatch(line)
        if found:
            value = found[2]
            if value[:1] == value[-1:] and value[:1] in {'"', "'"} and len(value) > 1:
                value = value[1:-1]
            yield found[1], value


def _in_yaml(path: Path, text: str) -> dict[str, Any]:
    import yaml

    try:
        read = yaml.safe_load(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f", line {mark.line + 1}" if mark else ""
        raise AdError(f"The file {path}{where} is no YAML.", remedy="Correct it in an editor.") from None
    return next((dict(each) for each in _tables(read) if any(str(k).lower() == _SIGN for k in each)), {})


_SIGN: Final = "ldap_search_base"


def _tables(read: Any) -> Iterator[Mapping[Any, Any]]:
    """Yield every table in a document; the ``environment`` of a service may be a list of NAME=VALUE."""
    if isinstance(read, dict):
        yield read
        for each in read.values():
            yield from _tables(each)
    elif isinstance(read, list):
        if all(isinstance(each, str) for each in read):
            yield dict(_variables("\n".join(read)))
        for each in read:
            yield from _tables(each)


def _nested(given: Mapping[Any, Any]) -> dict[str, Any]:
    """Return settings with lower-case names; ``A__B`` is B within A, and JSON in a text is what it says."""
    made: dict[str, Any] = {}
    for name, value in given.items():
        *above, last = str(name).lower().split("__")
        place = made
        for each in above:
            inner = place.setdefault(each, {})
            place = inner if isinstance(inner, dict) else place
        place[last] = _unpacked(value)
    return made


def _unpacked(value: Any) -> Any:
    if (
        isinstance(value, str)
        and value.strip()[:1] in {"[", "{"}
        and not value.strip().startswith(("{{", "{%"))
    ):
        try:
            return json.loads(value)
        except ValueError:
            return value
    return value


def _texts(value: Any) -> tuple[str, ...]:
    return tuple(map(str, value)) if isinstance(value, list) else ((str(value),) if value else ())


def _server(given: Mapping[str, Any], left_out: list[str]) -> dict[str, Any]:
    """Return how the server is reached; the integration's ways that are not safe are not taken over."""
    left_out.append(tr("The password: give it as a reference, such as env:NAME."))
    controllers = given.get("ldap_controllers")
    server = controllers[0] if isinstance(controllers, list) and controllers else {}
    host = server.get("host", "") if isinstance(server, dict) else ""
    if not host:
        left_out.append(tr("The server: give its url, such as ldaps://dc1.ad.example."))
        return {}
    if not server.get("use_ssl"):
        left_out.append(tr("The integration does not encrypt the connection; the audit does, with StartTLS."))
    if server.get("insecure"):
        left_out.append(tr("The integration does not check the server's certificate; the audit always does."))
    if server.get("ca_certs_data"):
        left_out.append(tr("The authority's certificate: put it in a file, and give that as ca_file."))
    port = f":{server['port']}" if server.get("port") else ""
    return {
        "url": f"{'ldaps' if server.get('use_ssl') else 'ldap'}://{host}{port}",
        "username": _username(given, left_out),
    }


def _username(given: Mapping[str, Any], left_out: list[str]) -> str:
    user = str(given.get("ldap_user") or "os2mo")
    if str(given.get("ldap_auth_method") or "ntlm").lower() != "ntlm":
        return user
    left_out.append(tr("The integration logs in by NTLM; the audit by name and password, over TLS."))
    return f"{given.get('ldap_domain', '')}\\{user}"


def _places(given: Mapping[str, Any]) -> dict[str, Any]:
    base = str(given["ldap_search_base"])
    units = _texts(given.get("ldap_ous_to_search_in"))
    dialect = str(given.get("ldap_dialect") or "AD").lower()
    return {
        "base_dn": base,
        # An empty one among them means everywhere.
        "search_bases": () if "" in units else tuple(f"{unit},{base}" for unit in units),
        "dialect": _CASES.get(dialect, "AD"),
    }


def _links(given: Mapping[str, Any]) -> dict[str, Any]:
    """Return which attributes and IT systems link accounts with MO."""
    system = str(given.get("ldap_it_system") or "")
    found: dict[str, Any] = {"cpr_attribute": str(given.get("ldap_cpr_attribute") or "")}
    names = _generator(given).get("existing_usernames_itsystem")
    account = _account_mapping(given)
    if account:
        found |= {"itsystem": _it_system(account), "guid_in": "external_id"}
    elif names:
        found["itsystem"] = str(names)
    if system and not account:
        found |= {"link_itsystem": system, "guid_in": "user_key"}
    if attribute := _engagement_attribute(given):
        found["engagement_attribute"] = attribute
    return found


def _mappings(given: Mapping[str, Any], shape: str) -> Iterator[Mapping[str, Any]]:
    """Yield what makes objects of one class of MO out of the directory's."""
    mapping = given.get("conversion_mapping")
    if not isinstance(mapping, dict):
        return
    each_way = [
        *_values(mapping.get("ldap_to_mo")),
        *(each for listed in _values(mapping.get("ldap_to_mo_any")) for each in listed),
    ]
    for each in each_way:
        if isinstance(each, dict) and str(each.get("objectClass", "")).rpartition(".")[2] == shape:
            yield each


def _values(table: Any) -> list[Any]:
    return list(table.values()) if isinstance(table, dict) else []


def _account_mapping(given: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """Return the mapping of the new convention: one IT user has the username and the GUID."""
    for each in _mappings(given, "ITUser"):
        if "objectguid" in str(each.get("external_id", "")).lower() and _it_system(each):
            return each
    return None


def _it_system(mapping: Mapping[str, Any]) -> str:
    found = _USER_KEY.search(str(mapping.get("itsystem", "")))
    return (found[1] or found[2]) if found else ""


def _engagement_attribute(given: Mapping[str, Any]) -> str:
    for each in _mappings(given, "Engagement"):
        if found := _ATTRIBUTE.fullmatch(str(each.get("user_key", ""))):
            return found[1]
    return ""


def _discriminator(given: Mapping[str, Any]) -> Discriminator:
    return Discriminator(
        fields=_texts(given.get("discriminator_fields")),
        filter=str(given.get("discriminator_filter") or ""),
        values=_texts(given.get("discriminator_values")),
        bypass_itsystem=str(given.get("discriminator_legacy_bypass_via_itsystem") or ""),
    )


def _generator(given: Mapping[str, Any]) -> Mapping[str, Any]:
    mapping = given.get("conversion_mapping")
    found = mapping.get("username_generator") if isinstance(mapping, dict) else None
    return found if isinstance(found, dict) else {}


def _usernames(given: Mapping[str, Any], left_out: list[str]) -> UsernameRules:
    generator = _generator(given)
    permutation = "permutation" in str(generator.get("objectClass", "")).lower()
    combinations = _texts(generator.get("combinations_to_try"))
    if not permutation and not combinations:
        return UsernameRules()
    if generator.get("disallow_mo_usernames"):
        left_out.append(tr("disallow_mo_usernames: usernames that MO has had are always looked at."))
    replacements = generator.get("char_replacement") or {}
    return UsernameRules(
        method="permutation" if permutation else "combinations",
        combinations=combinations,
        replacements=tuple((str(one), str(other)) for one, other in replacements.items()),
        remove_vowels=bool(generator.get("remove_vowels")),
        forbidden=_texts(generator.get("forbidden_usernames")),
        reuse_own=bool(generator.get("reuse_old_usernames")),
    )


def _others(given: Mapping[str, Any]) -> Iterator[str]:
    """Tell of every setting that says something about the directory and has no place in the audit's."""
    for name, value in given.items():
        telling = name.startswith(("ldap_", "discriminator_", "mo_uuids", "it_user", "org_unit"))
        if telling and name not in _KNOWN and value not in ("", None, [], [""], False):
            yield tr("{setting}: it has no place here; look at it by hand.", setting=name.upper())
    mapping = given.get("conversion_mapping")
    for part in mapping if isinstance(mapping, dict) else ():
        if part != "username_generator":
            yield tr("{setting}: write what must be equal as fields.", setting=f"CONVERSION_MAPPING.{part}")
