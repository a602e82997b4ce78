"""The planted cases as changes of the directories: each function makes one case, or a few of a kind."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from motoolkit.sandbox.ad import places as at
from motoolkit.sandbox.ad._builder import DISABLED, NORMAL, PRIMARY, SECONDARY
from motoolkit.sandbox.ad._case import own, person_guid
from motoolkit.sandbox.ad._codec import filetime
from motoolkit.sandbox.ad._furniture import account_of, group, mailbox, user
from motoolkit.sandbox.ad._shown import cpr
from motoolkit.sandbox.ad._thing import NEVER, USER, Thing
from motoolkit.sandbox.municipality import uid, unit_uuid

if TYPE_CHECKING:
    from motoolkit.sandbox.ad._builder import Builder

NEWCOMER: Final = "0707450103"
"""A CPR number that MO does not know; it belongs to nobody, as it fails modulus 11."""
_NO_PASSWORD: Final = 0x20
_NEVER_EXPIRES: Final = 0x10000
_TRUSTED: Final = 0x80000
_NO_PREAUTHENTICATION: Final = 0x400000


class Deviations:
    """Makes the directories differ from MO as ``AD_PLANTED`` tells."""

    def __init__(self, admin: Builder, school: Builder) -> None:
        self.admin = admin
        self.school = school

    def make(self) -> None:
        """Make all the cases for which MO is as it is."""
        self._life()
        self._links()
        self._cpr()
        self._rule()
        self._directories()
        self._names()
        self._names_at_school()
        self._shown()
        self._managers()
        self._security()
        self._places()
        self._roles()
        self._groups()
        self._mailboxes()
        self._externals()

    def of(self, person: str) -> Thing:
        """Return the account in admin that MO's IT user of a person is."""
        return self.admin.draft[own(person)]

    def at_school(self, person: str) -> Thing:
        """Return a person's account in skole that MO has no IT user of."""
        return self.school.draft[person_guid(at.SCHOOL, person)]

    def _gone(self) -> str:
        """Return the account of somebody who left."""
        return own("ended-yesterday")

    def _life(self) -> None:
        admin = self.admin
        servicedesk = admin.unit_ou(unit_uuid("Servicedesk"))
        for key, name, sam, parent in (
            ("stranger", "Jens Ukendt", "jeuk77", servicedesk),
            ("stranger-disabled", "Per Ukendt", "peuk77", admin.key(at.PARKING)),
        ):
            thing = user(admin, key, name, sam, parent, disabled=key != "stranger")
            thing.put(employeeID=NEWCOMER if key == "stranger" else "0808450102")
        admin.draft.remove(person_guid(at.ADMIN, "mail-changed"))
        self.of("soegaarden").put(userAccountControl=NORMAL, accountExpires=NEVER)
        for person in ("plain-mail", "on-leave"):
            self.of(person).put(userAccountControl=NORMAL | DISABLED)
        self.of("opus").put(accountExpires=filetime(admin.days_ago(1)))
        self.of("oekonomi").put(accountExpires=filetime(admin.days_ago(-100)))
        self.of("sundhed-old").put(accountExpires=NEVER)
        late = self.of("borgmester")
        late.created = late.created + (admin.days_ago(0) - admin.days_ago(400))
        forgotten = self.of("aabrinken")
        forgotten.parent, forgotten.changed = admin.key(at.FORGOTTEN), admin.days_ago(120)
        forgotten.put(msExchRecipientTypeDetails=1, mailNickname=forgotten.value("sAMAccountName"))

    def _links(self) -> None:
        admin = self.admin
        admin.draft.bury(own("hourly"), admin.days_ago(20))
        old = self.of("one-name")
        fresh = self.copy(admin, old, "recreated", old.value("sAMAccountName"), created=100)
        fresh.put(employeeNumber=old.value("employeeNumber"), employeeType=PRIMARY)
        fresh.name = old.name
        admin.draft.bury(old.guid, admin.days_ago(101))
        self.of("beskaeft").put(employeeNumber=self.of("kultur").value("employeeNumber"))

    def copy(self, builder: Builder, thing: Thing, key: str, sam: str, *, created: int = 300) -> Thing:
        """Write an account that shows the same person as another, without mail and payroll number."""
        moment = builder.days_ago(created)
        name = builder.common_name(thing.name, thing.parent)
        guid = builder.place.key(f"account/{key}")
        fresh = Thing(guid, USER, name, thing.parent, moment, moment)
        builder.basics(fresh, sam, None, disabled=False)
        without = {"mail", "proxyAddresses", "mailNickname", "msExchRecipientTypeDetails", "employeeNumber"}
        for attribute, values in thing.values.items():
            if attribute not in fresh.values and attribute not in without:
                fresh.values[attribute] = list(values)
        fresh.put(userPrincipalName=f"{sam}@{builder.place.suffix}")
        fresh.link("manager", *thing.links.get("manager", ()))
        return builder.draft.add(fresh)

    def _cpr(self) -> None:
        self.of("formula").put(employeeID=cpr(self.admin.facts, uid("persons", "no-job")))
        self.of("married").put(employeeID="0909450103")
        self.of("marrying").put(employeeID=None)
        self.of("came-back").put(employeeID="311193-12")
        self.of("no-cpr").put(employeeID="9101960103")
        hyphen = self.of("born-raad")
        number = hyphen.value("employeeID")
        hyphen.put(employeeID=f"{number[:6]}-{number[6:]}")

    def _rule(self) -> None:
        self.admin.draft[uid("ad", "mailboxes/2")].put(employeeType=PRIMARY)
        self.of("aeldre").put(employeeType=None)
        mine = self.of("boern")
        mine.put(employeeType=SECONDARY)
        old = user(self.admin, "old", mine.name, "aaho77", self.admin.key(at.PARKING), disabled=True)
        old.put(employeeID=mine.value("employeeID"), employeeType=PRIMARY)

    def _directories(self) -> None:
        admin, school = self.admin, self.school
        guid = person_guid(at.ADMIN, "no-mail")
        thing = admin.draft[guid]
        admin.draft.remove(guid)
        thing.parent = school.key(at.ELSEWHERE)
        thing.link("manager")
        thing.put(employeeType=None, userPrincipalName=f"{thing.value('sAMAccountName')}@{at.SCHOOL.suffix}")
        school.draft.add(thing)
        other = self.of("misbrug-old")
        extra = self.copy(school, other, "extra", other.value("sAMAccountName"))
        extra.parent = school.key(at.ELSEWHERE)
        extra.link("manager")
        extra.put(employeeType=None)
        self.copy(school, self.at_school("Ravnsnæs Skole/1"), "second", "pemu77")

    def _names(self) -> None:
        person = uid("persons", "hans")
        self.admin.draft[at.ADMIN.key(f"person/{person}")].put(sAMAccountName="olti01")
        self.of("demens").put(sAMAccountName="amhu77")
        self.of("museum").put(sAMAccountName="ELTO01")
        other = self.of("no-unit")
        other.put(userPrincipalName=f"{other.value('sAMAccountName')}@{at.ADMIN.suffix}")

    def _names_at_school(self) -> None:
        for person in ("Åvangskolen/1", "Åvangskolen/2"):
            self.at_school(person).put(userPrincipalName="kontoret@skole.nordby.example")
        for person, sam in (
            ("Åvangskolen/3", "Zeynep.Ozdemir"),
            ("clerk", "post22"),
            ("tutor", "livnguyenvejledning01"),
            ("Ravnsnæs Skole/0", "frsk01"),
        ):
            self.at_school(person).put(sAMAccountName=sam)

    def _shown(self) -> None:
        self.of("leap-day").put(sn="Skudsen")
        self.of("nickname").put(displayName="Maggi Å")
        self.of("senior").name = "Grete Juel"
        self._mail("internal-mail", "stine.anden@nordby.example")
        secret = self.admin.facts.addresses[uid("persons", "secret-mail")]
        self._mail("secret-mail", next(str(each["value"]) for each in secret if each["secret"]))
        values: tuple[tuple[str, dict[str, Any]], ...] = (
            ("uuid-key", {"mobile": "+4500001234"}),
            ("title", {"streetAddress": "Privatvej 1"}),
            ("unknown-job", {"physicalDeliveryOfficeName": "2.14"}),
            ("social", {"title": "Vicedirektør"}),
            ("century-5", {"department": "Plan og Byg"}),
            ("century-4", {"company": "Nordby Forsyning"}),
            ("got-cpr", {"info": "Nordby Kommune\\Teknik og Miljø\\Byggesager"}),
        )
        for person, changed in values:
            self.of(person).put(**changed)

    def _mail(self, person: str, mail: str) -> None:
        thing = self.of(person)
        thing.put(mail=mail, userPrincipalName=mail)
        self.admin.mailbox(thing, thing.value("sAMAccountName"), mail, 1)

    def _managers(self) -> None:
        for person, manager in (
            ("borgerservice", own("chief")),
            ("chief", own("chief")),
            ("kultur", own("museum")),
            ("moving", self._gone()),
        ):
            self.of(person).link("manager", manager)
        self.of("hr").link("manager")

    def _security(self) -> None:
        for person, flag in (
            ("young", _NO_PASSWORD),
            ("century-18", _NEVER_EXPIRES),
            ("misbrug-new", _NO_PREAUTHENTICATION),
            ("Åvangskolen/2", _TRUSTED),
        ):
            self.of(person).put(userAccountControl=NORMAL | flag)
        for person, days in (("Ravnsnæs Skole/2", 300), ("tutor", 190)):
            self.of(person).put(lastLogonTimestamp=filetime(self.admin.days_ago(days)))
        self.of("Ravnsnæs Skole/1").put(lastLogonTimestamp=None)

    def _places(self) -> None:
        admin = self.admin
        missing = admin.unit_ou(unit_uuid("Vaccinationscentret"))
        for thing in list(admin.draft):
            if thing.parent == missing:
                admin.draft.remove(thing.guid)
        admin.draft.remove(missing)
        nature = admin.unit_ou(unit_uuid("Teknik, Miljø og Klima"))
        orphan = admin.ou(at.ADMIN.key("ou/Projekt Kystvej"), "Projekt Kystvej", nature)
        admin.computer("PC9001", orphan.guid)
        office = admin.unit_ou(unit_uuid("Borgmesterkontoret"))
        admin.ou(admin.unit_ou(unit_uuid("Legatudvalget")), "Legatudvalget", office, description="N9007")
        self.of("engagement-mail").parent = admin.unit_ou(unit_uuid("Byggesager"))

    def _roles(self) -> None:
        admin, own_group = self.admin, at.ADMIN.key
        self._join("AD_ad-bruger", own("kultur"))
        rulers = admin.draft[own_group("group/AD_ad-admin")]
        rulers.link("member", *(each for each in rulers.links.get("member", ()) if each != own("it")))
        domain = admin.draft[own_group("own/Domain Admins")]
        domain.link("member", *domain.links["member"], own("vagt"))
        self.of("vagt").put(adminCount=1)
        group(admin, "AD_gammel", at.ROLES, account_of(admin, "it"))
        self.school.draft.remove(at.SCHOOL.key("group/SKOLE-AD_skole-admin"))

    def _join(self, name: str, guid: str) -> None:
        found = self.admin.draft[at.ADMIN.key(f"group/{name}")]
        found.link("member", *found.links.get("member", ()), guid)

    def _groups(self) -> None:
        admin = self.admin
        inner = account_of(admin, "oekonomi")
        for number in (4, 3, 2, 1):
            inner = [group(admin, f"Printere {number}", at.OTHER_GROUPS, inner).guid]
        bridges = [
            group(admin, name, at.OTHER_GROUPS, account_of(admin, "it")) for name in ("Bro A", "Bro B")
        ]
        for one, other in (bridges, bridges[::-1]):
            one.link("member", *one.links.get("member", ()), other.guid)
        group(admin, "Tom gruppe", at.OTHER_GROUPS, ())
        for name, owners in (("Herreløs gruppe", []), ("Bos gruppe", [self._gone()])):
            group(admin, name, at.OTHER_GROUPS, account_of(admin, "it")).link("managedBy", *owners)
        admin.draft[at.ADMIN.key("group/Alle ledere")].put(groupType=-2147483640, sAMAccountType=268435456)
        self._join("Alle i Kultur og Fritid", own("councillor"))
        for name in ("Projekt Havn", "Alle i It og Digitalisering"):
            self._join(name, self._gone())

    def _mailboxes(self) -> None:
        admin = self.admin
        key = "account/Postkasse {}".format
        first, second, third, fourth = (
            admin.draft[at.ADMIN.key(key(name))]
            for name in ("HR og Løn", "It og Digitalisering", "Borgerservice", "Kultur og Fritid")
        )
        second.put(mail=first.value("mail"), proxyAddresses=first.values["proxyAddresses"][:1])
        for box in (third, fourth):
            box.put(proxyAddresses=[*box.values["proxyAddresses"], "smtp:faelles@nordby.example"])
        fourth.link("publicDelegates", *fourth.links.get("publicDelegates", ()), self._gone())
        mailbox(admin, "Postkasse uden ejer")
        opened = mailbox(admin, "Postkasse åben")
        opened.put(userAccountControl=NORMAL)
        opened.link("manager", *account_of(admin, "it"))

    def _externals(self) -> None:
        admin = self.admin
        parent = admin.key(at.OUTSIDE, at.CONSULTANTS)
        ends = filetime(admin.days_ago(-100))
        for number, name in enumerate(("Anton Uvis", "Bodil Uvis", "Carl Uvis"), start=71):
            thing = user(admin, f"ekst{number}", name, f"ekst{number}", parent)
            thing.put(accountExpires=ends if number != 73 else NEVER)  # noqa: PLR2004 - the third
            thing.link("manager", *(account_of(admin, "it") if number != 72 else ()))  # noqa: PLR2004 - the second
        employed = self.of("Ravnsnæs Skole/2")
        both = self.copy(admin, employed, "ekst74", "ekst74")
        both.parent = parent
        both.put(accountExpires=ends, employeeType=SECONDARY, employeeNumber=employed.value("employeeNumber"))
