"""External users from AD to MO: planned from an export and a mirror, applied over HTTP, read back."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from ad_ldif import BASE, account, guid_of, ldif, ou, ticks
from support import TODAY, launch

import motoolkit
from motoolkit.ad import COLLECTIONS, audit, mo
from motoolkit.ad.external_users import externals_plan, write_plan
from motoolkit.ad.source import open_source
from motoolkit.ad.world import World
from motoolkit.errors import ProfileError
from motoolkit.mirror import Mirror
from motoolkit.profile import ad_settings_from_json
from motoolkit.sandbox.municipality import uid, unit_uuid

AS_OF = date.fromisoformat(TODAY)
NOW = datetime(2026, 11, 23, 11, tzinfo=UTC)
COUNCIL, CONSULTANTS, STAFF = "OU=Byråd,OU=Eksterne", "OU=Konsulenter,OU=Eksterne", "OU=Brugere"
BOSS = account("boss01", STAFF, givenName="Bodil", sn="Chef")
SETTINGS = {
    "name": "admin",
    "base_dn": BASE,
    "cpr_attribute": "employeeID",
    "externals": {"engagement_type": "ekstern", "job_function": "9002"},
}


class Town:
    """A MO of one's own, and plans from exports of a directory."""

    def __init__(self, client, mirror, folder, units):
        self.client, self.mirror, self.folder = client, mirror, folder
        self.agreed = [(f"{COUNCIL},{BASE}", units[0]), (f"{CONSULTANTS},{BASE}", units[1])]
        self.units = self.agreed
        self.itsystem, self.system = "AD", ""
        self.count = 0

    def turn(self):
        """Let the directory be another one, with an IT system of its own."""
        self.count += 1
        self.units = self.agreed
        self.itsystem = f"AD-{self.count}"
        (self.system,) = self.make(
            lambda plan: plan.create("itsystem", start="2020-01-01", user_key=self.itsystem, name="AD")
        )

    def world(self, *accounts, day=AS_OF, complete=True, ous=(COUNCIL, CONSULTANTS), **settings):
        """Read an export and MO as it is now."""
        file = self.folder / "admin.ldif"
        file.write_text(ldif(*map(ou, ous), BOSS, *accounts))
        externals = {"units": self.units, **SETTINGS["externals"], **settings.pop("externals", {})}
        read = ad_settings_from_json(
            SETTINGS | {"itsystem": self.itsystem} | settings | {"files": [str(file)], "externals": externals}
        )
        self.mirror.refresh(self.client)
        world = World([read], as_of=day, now=NOW)
        world.load_mo(self.mirror)
        snapshot = open_source(read).snapshot()
        world.load(replace(snapshot, header=replace(snapshot.header, complete=complete)))
        return world

    def plan(self, *accounts, **options):
        """Plan what an export becomes."""
        return externals_plan(self.world(*accounts, **options), self.client)

    def bring(self, *accounts, **options):
        """Plan and apply, and make sure that there is nothing left to do then."""
        plan = self.plan(*accounts, **options)
        result = plan.apply(journal=False, atomic=False)
        assert result.ok, str(result)
        again = self.plan(*accounts, **options)
        assert len(again) == 0, repr(again)
        return plan

    def held(self, *accounts, day=AS_OF, **options):
        """Return how MO is on a day, as a world of its own."""
        return self.world(*accounts, day=day, **options)

    def make(self, *makers):
        """Let MO have something that nobody imported."""
        plan = self.client.plan("By hand")
        made = [make(plan) for make in makers]
        plan.apply(journal=False).raise_unless_ok()
        return made


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    """Serve a small municipality; Bodil Chef, who works there, has an account."""
    folder = tmp_path_factory.mktemp("externals")
    sandbox = launch("--today", TODAY, "--persons", "20", log=folder / "sandbox.log")
    with motoolkit.connect(sandbox.url) as client, Mirror.open() as mirror:
        mirror.load(client, COLLECTIONS)
        world = World([], as_of=AS_OF, now=NOW)
        world.load_mo(mirror)
        names = ("Byrådet", "Konsulenthuset Øresø")
        keys = [mo.at(world.org_units.of(unit_uuid(name)), AS_OF).user_key for name in names]
        made = Town(client, mirror, folder, keys)
        made.system = uid("itsystems", "AD")
        made.make(lambda plan: hire(plan, made.system, "boss01", "Bodil", "Chef"))
        yield made
    sandbox.stop()


@pytest.fixture
def town(served, monkeypatch):
    """The municipality with a directory of the test's own, told in English."""
    monkeypatch.setenv("MOTOOLKIT_LANG", "en")
    served.turn()
    return served


def person(plan, given, surname, cpr=None):
    """Make a person."""
    known = {"cpr_number": cpr} if cpr else {}
    return plan.create("person", given_name=given, surname=surname, **known)


def work(plan, who, kind="maanedsloen", unit="Lønkontoret"):
    """Make an engagement."""
    return plan.create(
        "engagement",
        start="2026-01-01",
        person=who,
        org_unit=unit_uuid(unit),
        engagement_type=uid("classes", f"engagement_type/{kind}"),
        job_function=uid("classes", "engagement_job_function/2003"),
    )


def ituser(plan, system, who, sam, guid, engagements=()):
    """Make an IT user."""
    values = {"user_key": sam, "external_id": guid, "itsystem": system, "engagements": engagements}
    return plan.create("ituser", start="2026-01-01", person=who, **values)


def hire(plan, system, sam, given, surname):
    """Make somebody who works here and has an account."""
    who = person(plan, given, surname)
    ituser(plan, system, who, sam, guid_of(sam), [work(plan, who)])
    return who


def external(sam, place=COUNCIL, given="Xenia", surname="", **values):
    """Return the account of somebody from outside, for whom Bodil answers."""
    made = {"givenName": given, "sn": surname or f"Ude-{sam}", "manager": f"CN=boss01,{STAFF},{BASE}"}
    return account(sam, place, **(made | values))


def of_account(world, sam, guid=""):
    """Return today's IT user, engagements and person of an account."""
    (row,) = mo.current(world.itusers.by("external_id", guid or guid_of(sam)), world.as_of)
    engagements = [
        each for uuid in row.engagements for each in mo.current(world.engagements.of(uuid), world.as_of)
    ]
    return row, engagements, mo.at(world.persons.of(row.person), world.as_of)


def unit(world, row):
    """Return the name of an engagement's unit."""
    return mo.at(world.org_units.of(row.org_unit), world.as_of).name


def left(plan):
    """Return why accounts were left out, by username."""
    return {each.sam: each.why for each in plan.left}


def test_somebody_new_is_known_to_mo_with_all_that_ad_says(town):
    """Person, engagement in the agreed unit until the account expires, IT user by GUID, e-mail, owner."""
    expires = ticks(datetime(2027, 2, 28, 23, tzinfo=UTC))  # midnight that begins 1 March in Denmark
    new = external("ny1", given="Åse", surname="Ny", mail="aase@konsulent.dk", accountExpires=expires)
    plan = town.bring(new)
    assert [(each.sam, each.name, each.unit, each.what, each.why) for each in plan.accounts] == [
        ("ny1", "Åse Ny", "Byrådet", "new", "")
    ]
    world = town.held(new)
    row, (engagement,), somebody = of_account(world, "ny1")
    assert (somebody.name, somebody.cpr) == ("Åse Ny", "")
    assert (row.user_key, row.start, row.end) == ("ny1", AS_OF, date(2027, 3, 1))
    assert (unit(world, engagement), engagement.start, engagement.end) == ("Byrådet", AS_OF, date(2027, 3, 1))
    assert engagement.engagement_type == uid("classes", "engagement_type/ekstern")
    (mail,) = world.addresses.by("ituser", row.uuid)
    assert (mail.value, mail.end) == ("aase@konsulent.dk", date(2027, 3, 1))
    (owner,) = mo.current(world.owners.by("person", row.person), AS_OF)
    assert mo.at(world.persons.of(owner.owner), AS_OF).name == "Bodil Chef"
    codes = {each.kind.code for each in findings(town, world, "ny1")}
    assert not {code for code in codes if code.startswith("EXT-")}


def findings(town, world, sam):
    """Return what an audit finds about an account."""
    (settings,) = world.settings.values()
    found = audit([open_source(settings)], town.mirror, as_of=AS_OF, now=NOW)
    return [each for each in found.findings if each.subject.key == f"admin/{guid_of(sam)}"]


def test_what_ad_changes_is_changed_from_today(town):
    """Name, OU, end, username, e-mail and manager; nothing of before."""
    town.bring(external("gl2", surname="Gammel", mail="gl2@firma.dk"))
    town.make(lambda plan: hire(plan, town.system, "anden", "Anders", "Anden"))
    boss = account("anden", STAFF)
    day = date(2026, 12, 1)
    after = account(
        "ny2",
        CONSULTANTS,
        guid=guid_of("gl2"),
        givenName="Xenia",
        sn="Nygift",
        mail="ny2@firma.dk",
        manager=f"CN=anden,{STAFF},{BASE}",
        accountExpires=ticks(datetime(2027, 1, 15, 11, tzinfo=UTC)),  # in the middle of a day, which counts
    )
    plan = town.bring(boss, after, day=day)
    assert [(each.sam, each.what) for each in plan.accounts] == [("ny2", "changes")]
    world = town.held(boss, after, day=day)
    row, (engagement,), somebody = of_account(world, "", guid_of("gl2"))
    assert (row.user_key, somebody.name, unit(world, engagement)) == (
        "ny2",
        "Xenia Nygift",
        "Konsulenthuset Øresø",
    )
    assert (engagement.end, row.end) == (date(2027, 1, 16), date(2027, 1, 16))
    assert [each.value for each in mo.current(world.addresses.by("ituser", row.uuid), day)] == [
        "ny2@firma.dk"
    ]
    (owner,) = mo.current(world.owners.by("person", row.person), day)
    assert mo.at(world.persons.of(owner.owner), day).name == "Anders Anden"
    before = town.held(boss, after)
    _, (engagement,), somebody = of_account(before, "", guid_of("gl2"))
    assert (somebody.name, unit(before, engagement)) == ("Xenia Gammel", "Byrådet")


def test_somebody_whom_mo_has_is_no_second_person(town):
    """By CPR number, by the GUID, or by an e-mail and the name; an engagement by hand is taken over."""
    cpr, guid, mail = town.make(
        lambda plan: person(plan, "Carla", "Kendt", cpr="0101806789"),
        lambda plan: person(plan, "Gunnar", "Guid"),
        lambda plan: person(plan, "Mai", "Mail"),
    )
    (job, *_) = town.make(
        lambda plan: work(plan, guid, "ekstern", "Byrådet"),
        lambda plan: ituser(plan, town.system, guid, "guid3", guid_of("guid3")),
        lambda plan: plan.create(
            "address",
            start="2026-01-01",
            person=mail,
            value="mai@firma.dk",
            address_type=uid("classes", "employee_address_type/EmailEmployee"),
        ),
    )
    accounts = [
        external("cpr3", given="Karla", surname="Kendt", employeeID="010180-6789"),
        external("guid3", given="Gunnar", surname="Guidsen"),
        external("mail3", given="MAI", surname="mail", mail="mai@firma.dk"),
    ]
    before = len(town.held().persons)
    plan = town.bring(*accounts)
    assert not plan.left
    world = town.held(*accounts)
    assert len(world.persons) == before
    assert [of_account(world, sam)[0].person for sam in ("cpr3", "guid3", "mail3")] == [cpr, guid, mail]
    names = [of_account(world, sam)[2].name for sam in ("cpr3", "guid3", "mail3")]
    assert names == ["Carla Kendt", "Gunnar Guidsen", "MAI mail"]  # who has a CPR number is called as there
    assert [each.uuid for each in of_account(world, "guid3")[1]] == [job]
    (address,) = mo.current(world.addresses.by("person", mail), AS_OF)
    assert address.ituser == of_account(world, "mail3")[0].uuid


def test_who_is_left_out_and_why(town):
    """Whoever is employed, shut, expired, without a name, or perhaps somebody whom MO has."""
    town.make(
        lambda plan: hire(plan, town.system, "inde4", "Inge", "Inde"),
        lambda plan: work(plan, person(plan, "Nis", "Navne"), "ekstern", "Byrådet"),
        lambda plan: hire(plan, town.system, "post4", "Palle", "Post"),
    )
    accounts = [
        external("inde4", given="Inge", surname="Inde"),
        external("lukket4", userAccountControl="514"),
        external("forbi4", accountExpires=ticks(datetime(2026, 11, 22, 23, tzinfo=UTC))),
        external("navne4", given="Nis", surname="Navne"),
        external("Post4x", given="Pia", surname="Anden", mail="ikke en adresse"),
        account("uden4", COUNCIL, cn="", manager=f"CN=boss01,{STAFF},{BASE}"),
        external("ejer4", manager=""),
    ]
    plan = town.bring(*accounts)
    assert left(plan) == {
        "inde4": left(plan)["inde4"],
        "lukket4": "It is disabled; what MO has of it stays.",
        "forbi4": "It has expired: 23-11-2026.",
        "navne4": "Byrådet in MO already has somebody called Nis Navne. If it is the same person, let an IT "
        "user of the person have the GUID.",
        "Post4x": left(plan)["Post4x"],
        "uden4": "It has no name in AD.",
    }
    assert left(plan)["inde4"].startswith("The person is employed: ")
    assert "is no e-mail address" in left(plan)["Post4x"]
    told = {each.sam: each.why for each in plan.accounts}
    assert told["ejer4"] == "It has no manager in AD. Nobody answers for the external."
    assert "ikke en adresse" not in repr(plan.operations)


def test_who_is_gone_is_ended_today(town):
    """Engagement, IT user, its roles and its e-mail; the person stays, and nothing is left to do."""
    town.bring(external("vaek5", mail="vaek5@firma.dk"), external("bliver5"))
    world = town.held(external("vaek5"))
    row, (engagement,), _ = of_account(world, "vaek5")
    role = next(each for each in world.classes.everything() if each.it_system == uid("itsystems", "AD"))
    town.make(lambda plan: plan.create("rolebinding", start=TODAY, ituser=row.uuid, role=role.uuid))
    day = date(2026, 12, 1)
    plan = town.bring(external("bliver5"), day=day)
    ended = [each for each in plan.accounts if each.what == "ends" and each.key[1] == guid_of("vaek5")]
    assert [(each.name, each.why) for each in ended] == [
        ("Xenia Ude-vaek5", "Its account is not in AD any more.")
    ]
    world = town.held(day=day)
    assert [each.end for each in world.engagements.of(engagement.uuid)] == [day]
    assert [each.end for each in world.itusers.of(row.uuid)] == [day]
    assert [each.end for each in world.rolebindings.by("ituser", row.uuid)] == [day]
    assert [each.end for each in world.addresses.by("ituser", row.uuid)] == [day]
    assert world.persons.of(row.person)


def test_who_comes_back_is_the_same_person_with_the_same_engagement(town):
    """The account is moved back, or was made anew under the same name."""
    town.bring(external("retur6"), external("igen6"), external("fast6"))
    row, _, somebody = of_account(town.held(external("retur6")), "retur6")
    other = of_account(town.held(), "igen6")[2]
    town.bring(external("fast6"), day=date(2026, 12, 1))
    back = external("retur6"), external("igen6", guid=str(uuid4())), external("fast6")
    day = date(2026, 12, 10)
    before = len(town.held().persons)
    town.bring(*back, day=day)
    world = town.held(*back, day=day)
    again, (engagement,), who = of_account(world, "retur6")
    assert (again.uuid, who.uuid, engagement.start) == (row.uuid, somebody.uuid, day)
    assert len(world.persons) == before
    (anew,) = mo.current(world.itusers.by("user_key", "igen6"), day)
    assert (anew.person, anew.external_id == guid_of("igen6")) == (other.uuid, False)


def test_who_becomes_an_employee_keeps_the_account(town):
    """The external engagement ends; the IT user is the employee's now, with what it is linked with."""
    town.bring(external("ansat7"))
    row, (engagement,), somebody = of_account(town.held(external("ansat7")), "ansat7")
    town.make(lambda plan: work(plan, somebody.uuid))
    still = town.plan(external("ansat7"))
    assert "EXT-IS-INTERNAL" in left(still)["ansat7"]
    day = date(2026, 12, 1)
    moved = account("ansat7", STAFF, givenName="Xenia", sn="Ude-ansat7")
    town.bring(moved, external("fast6"), day=day)
    world = town.held(moved, day=day)
    assert [each.end for each in world.engagements.of(engagement.uuid)] == [day]
    (kept,) = mo.current(world.itusers.of(row.uuid), day)
    assert (kept.end, kept.engagements) == (None, ())


def test_nobody_is_ended_because_of_what_was_not_read(town):
    """Not from an incomplete read, not where an OU is not there, not when all of them are gone."""
    three = [external(f"mange8{letter}") for letter in "abc"]
    town.bring(*three)
    for options in ({"complete": False}, {"ous": (COUNCIL,)}):
        plan = town.plan(three[0], **options)
        assert not [each for each in plan.accounts if each.what == "ends"]
        assert len(plan.notices) == 1
    assert "has no OU=Konsulenter,OU=Eksterne" in plan.notices[0]
    nobody = town.plan()
    assert len(nobody) == 0
    assert "are gone from their OUs: nobody is ended." in nobody.notices[0]
    believed = town.plan(deny_vanish=100)
    assert {guid_of(f"mange8{letter}") for letter in "abc"} <= {each.key[1] for each in believed.accounts}
    assert believed.check(as_of=AS_OF).ok


def test_an_account_that_expired_ends_today(town):
    """AD's day has passed, and MO went on."""
    town.bring(external("udloeb9"))
    day = date(2026, 12, 5)
    late = external("udloeb9", accountExpires=ticks(datetime(2026, 11, 30, 23, tzinfo=UTC)))
    plan = town.bring(late, external("fast6"), day=day)
    assert [each.why for each in plan.accounts if each.sam == "udloeb9"] == ["Its account has expired."]
    _, (engagement,), _ = of_account(town.held(late), "udloeb9")
    assert engagement.end == day


def test_the_old_convention_has_two_it_users(town):
    """One has the username, the other one the GUID as its user_key."""
    old = {"guid_in": "user_key", "link_itsystem": "EXCHANGE"}
    town.bring(external("gammel10"), **old)
    world = town.held()
    (link,) = world.itusers.by("user_key", guid_of("gammel10"))
    (name,) = world.itusers.by("user_key", "gammel10")
    assert (link.itsystem, name.itsystem) == (uid("itsystems", "EXCHANGE"), town.system)
    assert (link.person, link.engagements) == (name.person, name.engagements)


def test_what_the_settings_lack_is_told_at_once(town):
    """Unit, class and IT system in one error, before anything is planned."""
    externals = {
        "units": [(f"{COUNCIL},{BASE}", "ingen-enhed")],
        "engagement_type": "gæst",
        "job_function": "",
    }
    with pytest.raises(ProfileError) as caught:
        town.plan(external("x11"), itsystem="LDAP", externals=externals)
    for part in ("ingen-enhed", "gæst", "job_function is not set", "IT system LDAP"):
        assert part in str(caught.value)
    with pytest.raises(ProfileError, match="Nothing says where"):
        town.plan(externals={"units": []})


def test_the_workbook_has_every_account_and_every_change(town, tmp_path):
    """Two sheets, readable by the owner only."""
    import openpyxl

    plan = town.plan(external("ark12", surname="Ark"))
    path = write_plan(plan, tmp_path)
    book = openpyxl.load_workbook(path)
    accounts, changes = ([[cell.value for cell in row] for row in sheet] for sheet in book)
    assert any(row[1:5] == ["ark12", "Xenia Ark", "Byrådet", "new"] for row in accounts)
    assert any("Ark" in str(row) for row in changes)
    assert path.stat().st_mode & 0o777 == 0o600


def test_two_accounts_of_one_person_are_one_person_with_two_engagements(town):
    """Known by the CPR number, which MO gets too; the first account says the name."""
    both = [
        external("to13a", given="Tove", surname="Toer", employeeID="020281-4321"),
        external("to13b", given="Tove B.", surname="Toer", place=CONSULTANTS, employeeID="020281-4321"),
    ]
    plan = town.bring(*both)
    assert "0202814321" not in repr(plan)
    world = town.held(*both)
    first, second = (of_account(world, sam) for sam in ("to13a", "to13b"))
    assert first[2] == second[2]
    assert first[2].cpr == "0202814321"
    assert {unit(world, first[1][0]), unit(world, second[1][0])} == {"Byrådet", "Konsulenthuset Øresø"}


def test_an_external_may_answer_for_another_one(town):
    """Both are new; who can not be made answers for nobody."""
    lead = external("leder14")
    manager = f"CN=leder14,{COUNCIL},{BASE}"
    under = external("under14", manager=manager)
    bad = external("leder14", mail="ikke en adresse")
    told = {each.sam: each.why for each in town.plan(bad, under).accounts}
    assert told["under14"].startswith("MO does not know whose its manager's account leder14 is.")
    town.bring(lead, under)
    world = town.held(lead, under)
    (owner,) = mo.current(world.owners.by("person", of_account(world, "under14")[0].person), AS_OF)
    assert owner.owner == of_account(world, "leder14")[0].person


def test_a_unit_below_the_agreed_one_is_as_good(town):
    """Somebody who was placed more exactly by hand stays; a unit that nobody agreed on is told."""
    town.units = [(f"OU=Eksterne,{BASE}", unit_uuid("Eksterne"))]
    fine, wrong = town.make(
        lambda plan: person(plan, "Fie", "Fin"), lambda plan: person(plan, "Villy", "Vild")
    )
    town.make(
        lambda plan: ituser(
            plan, town.system, fine, "fin15", guid_of("fin15"), [work(plan, fine, "ekstern", "Byrådet")]
        ),
        lambda plan: ituser(plan, town.system, wrong, "vild15", guid_of("vild15")),
        lambda plan: work(plan, wrong, "ekstern"),
    )
    accounts = [
        external("fin15", given="Fie", surname="Fin"),
        external("vild15", given="Villy", surname="Vild"),
    ]
    plan = town.bring(*accounts, ous=("OU=Eksterne",))
    assert left(plan) == {
        "vild15": "MO has the person as an external in Lønkontoret, which is not agreed for any OU. Move the "
        "engagement, or agree on the unit."
    }
    world = town.held(*accounts, ous=("OU=Eksterne",))
    assert unit(world, of_account(world, "fin15")[1][0]) == "Byrådet"
