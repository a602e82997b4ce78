"""Events in GraphQL: roles, refreshes, and the request as one transaction."""

from __future__ import annotations

from datetime import date

import pytest
from unit.sandbox.worlds import ANNA, BO, ENGAGEMENT, LEAF, TREE, engagement, person

from motoolkit.catalogue import CATALOGUE
from motoolkit.sandbox.events import EventStore, Mark, Token
from motoolkit.sandbox.events.generator import Generator
from motoolkit.sandbox.graphql import execute
from motoolkit.sandbox.identity import MISSING_UUID, ROLES, Identity
from motoolkit.sandbox.records import Record
from motoolkit.sandbox.world import World

ME, OTHER = "a0000000-0000-4000-8000-000000000001", "b0000000-0000-4000-8000-000000000002"
DENIED = "No policy approved the access"
FETCH = "query ($l: UUID!) { event_fetch(filter: {listener: $l}) { subject priority token } }"
DECLARE = """mutation ($key: String!) {
  event_listener_declare(input: {user_key: $key, routing_key: $key}) { uuid owner namespace { name public } }
}"""


class Caller:
    """Somebody who asks a world; ``roles`` are all but ``read_event_all`` unless told."""

    def __init__(self, world, actor=ME, roles=ROLES, strikes=lambda _fault: False):
        self.world, self.identity, self.strikes = world, Identity(actor, roles=frozenset(roles)), strikes

    def ask(self, query, version=30, **variables):
        """Return MO's body, errors and all."""
        return execute(
            self.world, version, query, variables,
            operation_name=None, identity=self.identity, strikes=self.strikes,
        )  # fmt: skip

    def data(self, query, version=30, **variables):
        """Return the data of an answer without errors."""
        answer = self.ask(query, version, **variables)
        assert "errors" not in answer, answer["errors"]
        return answer["data"]

    def refused(self, query, **variables):
        """Return the one message of a request that is refused."""
        (error,) = self.ask(query, **variables)["errors"]
        return error["message"]

    def listen(self, key):
        """Declare a listener."""
        return self.data(DECLARE, key=key)["event_listener_declare"]["uuid"]

    def fetch(self, listener):
        """Fetch an event."""
        return self.data(FETCH, l=listener)["event_fetch"]

    def pending(self, listener):
        """Return the subjects that wait for a listener, with their priorities."""
        found = self.data(
            "query ($l: UUID!) { events(filter: {listeners: {uuids: [$l]}}) { objects { subject priority }}}",
            l=listener,
        )["events"]["objects"]
        return {event["subject"]: event["priority"] for event in found}


@pytest.fixture
def world():
    """Four units, two persons and an engagement."""
    records = [*TREE, person(ANNA, "Anna"), person(BO, "Bo"), engagement(ENGAGEMENT, ANNA, LEAF)]
    return World(map(Record.from_json, records), today=date(2026, 11, 23))


@pytest.fixture
def me(world):
    """One who may do all but see everybody's events."""
    return Caller(world)


@pytest.fixture
def other(world):
    """Another one."""
    return Caller(world, OTHER)


def test_a_listener_belongs_to_whoever_declares_it(me):
    """In MO's own namespace unless told otherwise."""
    declared = me.data(DECLARE, key="person")["event_listener_declare"]
    assert declared["owner"] == ME
    assert declared["namespace"] == {"name": "mo", "public": True}


def test_a_token_without_uuid_owns_its_listeners_as_nobody_in_particular(world):
    """Trap: ``me`` shows another UUID than the one that owns, so ``me`` finds none of them (measured)."""
    nameless = Caller(world, MISSING_UUID)
    assert nameless.data(DECLARE, key="person")["event_listener_declare"]["owner"] == MISSING_UUID
    shown = nameless.data("{ me { actor { uuid event_listeners { user_key } } } }")["me"]["actor"]
    assert shown == {"uuid": "ffffffff-ffff-ffff-ffff-ffffffffffff", "event_listeners": []}


def test_a_change_is_fetched_and_acknowledged(me, world):
    """The subject is the object's UUID, and there is nothing else in it."""
    generator = Generator(world)
    listener = me.listen("person")
    world.put([Record.from_json(person(ANNA, "Ann"))])
    generator.emit_now()
    event = me.fetch(listener)
    assert (event["subject"], event["priority"]) == (ANNA, 10000)
    assert me.fetch(listener) is None
    acknowledge = "mutation ($t: EventToken!) { event_acknowledge(input: {token: $t}) }"
    assert me.data(acknowledge, t=event["token"]) == {"event_acknowledge": True}
    assert me.pending(listener) == {}


@pytest.mark.parametrize("version", [22, 25, 28, 30])
def test_every_version_serves_events(me, version):
    """The same names in each; the common client pins v25."""
    listener = me.data(DECLARE, version, key="person")["event_listener_declare"]["uuid"]
    me.data("mutation ($l: UUID) { employee_refresh(listener: $l) { objects } }", version, l=listener)
    assert me.data(FETCH, version, l=listener)["event_fetch"]["subject"] in (ANNA, BO)


def test_an_acknowledgement_is_taken_back_with_its_request(me):
    """Work and acknowledgement in one document are both kept, or both not."""
    listener = me.listen("person")
    me.data("mutation ($l: UUID) { employee_refresh(listener: $l) { objects } }", l=listener)
    token = me.fetch(listener)["token"]
    message = me.refused(
        """mutation ($t: EventToken!) {
          event_acknowledge(input: {token: $t})
          event_send(input: {namespace: "findes-ikke", routing_key: "x", subject: "y"})
        }""",
        t=token,
    )
    assert message == "Namespace does not exist."
    assert set(me.pending(listener)) == {ANNA, BO}


def test_an_acknowledgement_is_lost_with_a_no_op(me):
    """Trap: an update that changes nothing discards the whole request, and MO says that all is well."""
    listener = me.listen("person")
    change = f'uuid: "{BO}", given_name: "Bob", validity: {{from: "2020-01-01"}}'
    update = f"employee_update(input: {{{change}}}) {{ uuid }}"
    me.data(f"mutation {{ {update} }}")
    me.data(
        'mutation ($l: UUID) { employee_refresh(filter: {user_keys: "bo"}, listener: $l) { objects } }',
        l=listener,
    )
    token = me.fetch(listener)["token"]
    both = f"mutation ($t: EventToken!) {{ event_acknowledge(input: {{token: $t}}) {update} }}"
    assert me.data(both, t=token)["event_acknowledge"] is True
    assert me.pending(listener) == {BO: 10000}


def test_a_fetch_is_taken_back_with_its_request(me):
    """An error anywhere in the query, and the event can be fetched again at once (measured)."""
    listener = me.listen("person")
    me.data(
        'mutation ($l: UUID) { employee_refresh(filter: {user_keys: "bo"}, listener: $l) { objects } }',
        l=listener,
    )
    reading = Caller(me.world, roles={"fetch_event"})
    both = (
        "query ($l: UUID!) { event_fetch(filter: {listener: $l}) { subject } org_units { objects { uuid } } }"
    )
    assert reading.refused(both, l=listener) == DENIED
    assert me.fetch(listener)["subject"] == BO


def test_an_unreadable_token_is_an_error(me):
    """In a literal and in a variable, and nothing is executed; one that is unknown is true."""
    asked = 'mutation { event_acknowledge(input: {token: "rubbish"}) }'
    assert "Could not parse EventToken" in me.refused(asked)
    asked = "mutation ($t: EventToken!) { event_acknowledge(input: {token: $t}) }"
    assert "Could not parse EventToken" in me.refused(asked, t="rubbish")
    assert me.data(asked, t=str(Token(ME, ME))) == {"event_acknowledge": True}


def test_a_null_that_is_not_the_end(world, me):
    """Trap: with the fault on, something waits and MO says null; it does not strike an empty queue."""
    struck = []
    unlucky = Caller(world, strikes=lambda fault: struck.append(fault) or True)
    listener = me.listen("person")
    assert unlucky.fetch(listener) is None
    assert struck == []
    me.data("mutation ($l: UUID) { employee_refresh(listener: $l) { objects } }", l=listener)
    assert unlucky.fetch(listener) is None
    assert struck == ["spurious-null"]
    assert me.fetch(listener) is not None


def test_events_of_others_are_not_shown(me, other):
    """Nor fetched; with ``read_event_all`` they are listed."""
    listener = me.listen("person")
    me.data("mutation ($l: UUID) { employee_refresh(listener: $l) { objects } }", l=listener)
    assert other.pending(listener) == {}
    assert other.fetch(listener) is None
    assert set(Caller(me.world, OTHER, ROLES | {"read_event_all"}).pending(listener)) == {ANNA, BO}


def test_listeners_of_others_are_shown(me, other):
    """And their owners too: MO keeps only events to their owners (measured)."""
    me.listen("person")
    found = other.data('{ event_listeners(filter: {user_keys: "person"}) { objects { owner } } }')
    assert found["event_listeners"]["objects"] == [{"owner": ME}]


def test_anybody_silences_reruns_and_deletes(me, other):
    """Trap: MO asks for the role, and not whose it is (measured)."""
    listener = me.listen("person")
    me.data("mutation ($l: UUID) { employee_refresh(listener: $l) { objects } }", l=listener)
    quiet = "mutation ($s: [String!]!) { event_silence(input: {listeners: {}, subjects: $s}) }"
    assert other.data(quiet, s=[ANNA]) == {"event_silence": True}
    assert me.fetch(listener)["subject"] == BO
    rerun = "mutation { event_rerun(input: {silenced: false}) { subject silenced listener { owner } } }"
    assert other.data(rerun)["event_rerun"] == [{"subject": BO, "silenced": False, "listener": {"owner": ME}}]
    assert me.fetch(listener)["subject"] == BO
    assert other.data("mutation { event_unsilence(input: {}) }") == {"event_unsilence": True}
    assert me.fetch(listener)["subject"] == ANNA
    delete = "mutation ($l: UUID!) { event_listener_delete(input: {uuid: $l, delete_pending_events: true}) }"
    assert other.data(delete, l=listener) == {"event_listener_delete": True}


UUID = f'"{ME}"'
NEEDED = {
    "events { objects { subject } }": "read_event",
    "event_namespaces { objects { name } }": "read_event_namespace",
    "event_listeners { objects { uuid } }": "read_event_listener",
    f"event_fetch(filter: {{listener: {UUID}}}) {{ subject }}": "fetch_event",
}
NEEDED_TO_CHANGE = {
    'event_namespace_declare(input: {name: "n"}) { name }': "create_event_namespace",
    'event_namespace_delete(input: {name: "n"})': "delete_event_namespace",
    'event_listener_declare(input: {user_key: "l", routing_key: "kle"}) { uuid }': "create_event_listener",
    f"event_listener_delete(input: {{uuid: {UUID}}})": "delete_event_listener",
    f'event_acknowledge(input: {{token: "{Token(ME, ME)}"}})': "acknowledge_event",
    "event_silence(input: {listeners: {}, subjects: []})": "silence_event",
    "event_unsilence(input: {})": "unsilence_event",
    "event_rerun(input: {}) { subject }": "rerun_event",
    f"employee_refresh(owner: {UUID}) {{ objects }}": "refresh_employee",
    f"org_unit_refresh(owner: {UUID}) {{ objects }}": "refresh_org_unit",
}


@pytest.mark.parametrize(("field", "role"), [*NEEDED.items(), *NEEDED_TO_CHANGE.items()])
def test_each_field_needs_a_role_of_its_own(world, field, role):
    """Without it MO denies the field; with it alone all is well."""
    asked = f"{'mutation ' if field in NEEDED_TO_CHANGE else ''}{{ {field} }}"
    assert Caller(world, roles=ROLES - {role}).refused(asked) == DENIED
    Caller(world, roles={role}).data(asked)


def test_sending_needs_a_role(world, me):
    """And a namespace of one's own."""
    me.data('mutation { event_namespace_declare(input: {name: "n"}) { name } }')
    asked = 'mutation { event_send(input: {namespace: "n", routing_key: "k", subject: "s"}) }'
    assert Caller(world, roles=ROLES - {"send_event"}).refused(asked) == DENIED
    assert Caller(world, roles={"send_event"}).data(asked) == {"event_send": True}


def test_a_namespaces_listeners_need_the_role_of_namespaces(world, me):
    """Trap: not that of listeners (measured)."""
    me.listen("person")
    asked = '{ event_namespaces { objects { name listeners(filter: {user_keys: "person"}) { user_key } } } }'
    reader = Caller(world, roles={"read_event_namespace"})
    assert reader.data(asked)["event_namespaces"]["objects"] == [
        {"name": "mo", "listeners": [{"user_key": "person"}]}
    ]


def test_an_actor_has_its_namespaces_and_listeners(me, other):
    """Its own only."""
    me.data('mutation { event_namespace_declare(input: {name: "mit"}) { name } }')
    me.listen("person")
    other.listen("org_unit")
    actor = me.data("{ me { actor { event_namespaces { name } event_listeners { user_key } } } }")["me"][
        "actor"
    ]
    assert actor == {"event_namespaces": [{"name": "mit"}], "event_listeners": [{"user_key": "person"}]}


def test_namespaces_are_counted_off_in_pages(me):
    """Their last page is an empty one: MO gives a cursor as long as there was something (measured)."""
    for name in "abc":
        me.data("mutation ($n: String!) { event_namespace_declare(input: {name: $n}) { name } }", n=name)
    asked = (
        "query ($c: Cursor) { event_namespaces(limit: 2, cursor: $c) "
        "{ objects { name } page_info { next_cursor } } }"
    )
    pages, cursor = [], None
    while not pages or cursor:
        found = me.data(asked, c=cursor)["event_namespaces"]
        pages.append([namespace["name"] for namespace in found["objects"]])
        cursor = found["page_info"]["next_cursor"]
    assert pages == [["mo", "a"], ["b", "c"], []]


def test_listeners_come_in_pages(me):
    """By UUID, as all that has one."""
    made = sorted(me.listen(key) for key in ("person", "org_unit", "kle"))
    asked = (
        "query ($c: Cursor) { event_listeners(limit: 2, cursor: $c) "
        "{ objects { uuid } page_info { next_cursor } } }"
    )
    first = me.data(asked)["event_listeners"]
    second = me.data(asked, c=first["page_info"]["next_cursor"])["event_listeners"]
    assert [one["uuid"] for one in first["objects"] + second["objects"]] == made
    assert second["page_info"]["next_cursor"] is None


def test_refresh_puts_events_to_the_owners_listeners(me, other):
    """At once, with the priority asked for, and to nobody else's."""
    mine, foreign = me.listen("person"), other.listen("person")
    me.listen("org_unit")
    refresh = """mutation ($o: UUID, $p: Int!) {
      employee_refresh(owner: $o, priority: $p) { objects page_info { next_cursor } }
    }"""
    found = me.data(refresh, o=ME, p=5)["employee_refresh"]
    assert found == {"objects": [ANNA, BO], "page_info": {"next_cursor": None}}
    assert me.pending(mine) == {ANNA: 5, BO: 5}
    assert other.pending(foreign) == {}


def test_refresh_of_one_listener(me, other):
    """It must be of the kind, and of the owner where one is named too; otherwise nobody hears of it."""
    units, foreign = me.listen("org_unit"), other.listen("person")
    refresh = "mutation ($l: UUID, $o: UUID) { employee_refresh(listener: $l, owner: $o) { objects } }"
    assert me.data(refresh, l=units)["employee_refresh"]["objects"] == [ANNA, BO]
    me.data(refresh, l=foreign, o=ME)
    assert me.pending(units) == other.pending(foreign) == {}
    me.data(refresh, l=foreign)
    assert set(other.pending(foreign)) == {ANNA, BO}


def test_a_page_is_refreshed_at_a_time(me):
    """Trap: with a limit only what is on the page is told."""
    listener = me.listen("person")
    refresh = (
        "mutation ($l: UUID, $c: Cursor) { employee_refresh(listener: $l, limit: 1, cursor: $c) "
        "{ objects page_info { next_cursor } } }"
    )
    first = me.data(refresh, l=listener)["employee_refresh"]
    assert set(me.pending(listener)) == {ANNA}
    me.data(refresh, l=listener, c=first["page_info"]["next_cursor"])
    assert set(me.pending(listener)) == {ANNA, BO}


def test_refresh_tells_of_the_present_only(me, world):
    """Trap: what has ended or begins later needs ``from_date: null, to_date: null``."""
    world.put([Record.from_json(engagement(ENGAGEMENT, ANNA, LEAF, "2010-01-01", "2012-01-01"))])
    refresh = "mutation ($o: UUID) { engagement_refresh(%s owner: $o) { objects } }"
    assert me.data(refresh % "", o=ME)["engagement_refresh"]["objects"] == []
    ever = refresh % "filter: {from_date: null, to_date: null},"
    assert me.data(ever, o=ME)["engagement_refresh"]["objects"] == [ENGAGEMENT]


def test_refresh_without_owner_and_listener_goes_to_amqp(me):
    """Which is off; where there is nothing to tell MO does not notice."""
    no_broker = "Must call start() before publish message!"
    assert me.refused("mutation { employee_refresh { objects } }") == no_broker
    assert me.refused('mutation { employee_refresh(exchange: "x") { objects } }') == no_broker
    nothing = me.data("mutation { kle_refresh { objects } }")
    assert nothing == {"kle_refresh": {"objects": []}}


def test_refresh_with_an_exchange_and_an_owner_is_refused(me):
    """An exchange is AMQP's; an empty one is none (measured)."""
    asked = "mutation ($o: UUID, $e: String) { employee_refresh(owner: $o, exchange: $e) { objects } }"
    assert "mutually exclusive" in me.refused(asked, o=ME, e="x")
    assert me.data(asked, o=ME, e="")["employee_refresh"]["objects"] == [ANNA, BO]


@pytest.mark.parametrize("collection", CATALOGUE.values(), ids=list(CATALOGUE))
def test_every_collection_is_refreshed(world, collection):
    """Its mutation is named after the role that it needs."""
    caller = Caller(world, roles={f"refresh_{collection.role}"})
    field = f"{collection.role}_refresh"
    answer = caller.data(f"mutation ($o: UUID!) {{ {field}(owner: $o) {{ objects }} }}", o=ME)
    assert isinstance(answer[field]["objects"], list)


def test_a_world_is_told_of_over_a_restart(world, me):
    """The queue, who listens, and how far the generator had come."""
    Generator(world)
    listener = me.listen("person")
    world.put([Record.from_json(person(ANNA, "Ann"))])
    kept = world.events.to_json()
    world.events = EventStore.from_json(kept)
    assert world.events.mark == Mark(7, world.events.mark.moment)
    assert Generator(world).emit_now() == 1
    assert set(me.pending(listener)) == {ANNA}
