"""Taking over the configuration of the AD integration."""

from __future__ import annotations

import pytest

from motoolkit.ad import import_settings
from motoolkit.errors import AdError
from motoolkit.profile.ad import Discriminator, UsernameRules

ENVIRONMENT = r"""
# the integration
export LDAP_CONTROLLERS='[{"host": "dc1.ad1.example", "use_ssl": true, "port": 3269, "insecure": true}]'
LDAP_DOMAIN=AD1
LDAP_USER=os2mo
LDAP_PASSWORD=hemmeligt
LDAP_AUTH_METHOD=ntlm
LDAP_SEARCH_BASE="DC=ad1,DC=example"
LDAP_OUS_TO_SEARCH_IN='["OU=Brugere", "OU=Eksterne,OU=Andre"]'
LDAP_OU_FOR_NEW_USERS=OU=Brugere
LDAP_OBJECT_CLASS=user
LDAP_CPR_ATTRIBUTE=employeeID
LDAP_IT_SYSTEM=ADGUID
EVENT_NAMESPACE=ldap_admin
CREATE_USER_TREES='["7f465a24-8d4b-5a4e-9d44-000000000001"]'
DISCRIMINATOR_FIELDS='["sAMAccountName"]'
DISCRIMINATOR_FILTER="{{ value|length > 2 }}"
DISCRIMINATOR_VALUES='["{{ value.startswith(\"a\") }}"]'
CONVERSION_MAPPING__USERNAME_GENERATOR='{"combinations_to_try": ["FFLX"], "forbidden_usernames": ["root"]}'
CONVERSION_MAPPING__USERNAME_GENERATOR__CHAR_REPLACEMENT={"ø": "oe"}
CONVERSION_MAPPING__USERNAME_GENERATOR__REUSE_OLD_USERNAMES=true
POLL_TIME=5
"""

YAML = r"""
ldap_search_base: DC=ad1,DC=example
ldap_controllers: [{host: dc1.ad1.example}]
ldap_auth_method: simple
ldap_user: CN=os2mo,DC=ad1,DC=example
ldap_dialect: Standard
ldap_ous_to_search_in: [""]
ldap_it_system: ADGUID
conversion_mapping:
  ldap_to_mo:
    Account:
      objectClass: ramodels.mo.details.it_system.ITUser
      _import_to_mo_: "true"
      user_key: "{{ ldap.sAMAccountName }}"
      external_id: "{{ ldap.objectGUID }}"
      itsystem: "{{ get_itsystem_uuid({'user_key': 'ADSAMA'}) }}"
    Engagement:
      objectClass: Engagement
      user_key: "{{ ldap.employeeNumber }}"
  mo2ldap: "{{ {} }}"
"""


def test_a_file_of_variables_becomes_settings(tmp_path):
    """Domain 3.1; the password is not among them."""
    file = tmp_path / "ldap.env"
    file.write_text(ENVIRONMENT)
    imported = import_settings(file)
    settings = imported.settings

    assert (settings.name, settings.url) == ("ldap_admin", "ldaps://dc1.ad1.example:3269")
    assert (settings.username, settings.password) == ("AD1\\os2mo", None)
    assert settings.base_dn == "DC=ad1,DC=example"
    assert settings.search_bases == (
        "OU=Brugere,DC=ad1,DC=example",
        "OU=Eksterne,OU=Andre,DC=ad1,DC=example",
    )
    assert (settings.cpr_attribute, settings.link_itsystem, settings.guid_in) == (
        "employeeID",
        "ADGUID",
        "user_key",
    )
    assert settings.scope_units == ("7f465a24-8d4b-5a4e-9d44-000000000001",)
    assert settings.discriminator == Discriminator(
        fields=("sAMAccountName",),
        filter="{{ value|length > 2 }}",
        values=('{{ value.startswith("a") }}',),
    )
    assert settings.usernames == UsernameRules(
        method="combinations",
        combinations=("FFLX",),
        replacements=(("ø", "oe"),),
        forbidden=("root",),
        reuse_own=True,
    )
    told = " ".join(imported.left_out)
    assert "LDAP_OU_FOR_NEW_USERS" in told
    assert "NTLM" in told
    assert "hemmeligt" not in repr(imported)


def test_its_yaml_tells_the_new_convention_by_its_mapping(tmp_path):
    """One IT user with username and GUID; the payroll number links engagements (3.2, 3.4)."""
    file = tmp_path / "config.yaml"
    file.write_text(YAML)
    imported = import_settings(file, name="skole")
    settings = imported.settings

    assert (settings.name, settings.url, settings.dialect) == ("skole", "ldap://dc1.ad1.example", "standard")
    assert (settings.username, settings.search_bases) == ("CN=os2mo,DC=ad1,DC=example", ())
    assert (settings.itsystem, settings.guid_in, settings.link_itsystem) == ("ADSAMA", "external_id", "")
    assert settings.engagement_attribute == "employeeNumber"
    assert any("CONVERSION_MAPPING.mo2ldap" in sentence for sentence in imported.left_out)
    assert any("StartTLS" in sentence for sentence in imported.left_out)


@pytest.mark.parametrize("form", ["table", "list"])
def test_it_is_found_in_a_compose_file(tmp_path, form):
    """Among other services that have variables of the same beginnings."""
    pairs = {"LDAP_SEARCH_BASE": "dc=x", "LDAP_CPR_ATTRIBUTE": "employeeNumber"}
    listed = [
        f"      {'- ' if form == 'list' else ''}{k}{'=' if form == 'list' else ': '}{v}"
        for k, v in pairs.items()
    ]
    file = tmp_path / "docker-compose.yml"
    file.write_text(
        "services:\n  ldap:\n    environment:\n      LDAP_DOMAIN: x\n  integration:\n    environment:\n"
        + "\n".join(listed)
    )
    settings = import_settings(file).settings
    assert (settings.base_dn, settings.cpr_attribute) == ("dc=x", "employeeNumber")


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("x.env", "MO_URL=http://mo", "is no configuration of the AD integration"),
        ("x.yaml", "a: [", "line 1 is no YAML"),
        ("x.yaml", "just text", "is no configuration of the AD integration"),
        ("x.env", None, "can not be read: No such file"),
    ],
)
def test_another_file_is_refused(tmp_path, name, text, words):
    """With one sentence."""
    file = tmp_path / name
    if text is not None:
        file.write_text(text)
    with pytest.raises(AdError) as caught:
        import_settings(file)
    assert words in caught.value.message
