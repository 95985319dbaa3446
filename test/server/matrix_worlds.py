"""The worlds in which the matrix is walked: what is done to the store at rest, and what the model is told of it."""
import contextlib
import dataclasses
import sqlite3
import time

import decision_model as model


def NOW():
    """The server's clock: microseconds."""
    return time.time_ns() // 1000


@dataclasses.dataclass
class Facts:
    """What is so about one person and one entrustment, in the words of the model."""

    person: "matrix_town.Person"
    aim: str  # "own", "other", "unknown"

    def __post_init__(self):
        now, day = 0, 24 * model.HOUR
        role, ward = self.person.role, self.person.role in model.OF_WARD
        listed = role if self.person.listed else None
        self.changes = {
            "now": now, "role": role, "ward": ward, "account": "active", "enrolled": True,
            "started": now, "seen": now, "authenticated": now,
            "known": self.aim != "unknown", "own": ward or self.aim == "own", "term": (now - day, now + day),
            "listed": listed, "submitted": now - day if listed else None, "withdrawn": None,
            "training": (now - day, now + day) if listed else None,
        }

    def case(self, action, aimed):
        kind, grave, roles = model.ACTIONS[action]
        return {**self.changes, "action": action, "kind": kind, "grave": grave, "roles": roles, "aimed": aimed}


def everything(_action):
    return True


def only_grave(action):
    return action[1]


def about_work(action):
    return action[0] != "open"


@dataclasses.dataclass
class World:
    name: str
    sql: list = dataclasses.field(default_factory=list)  # :now, :old (six minutes ago), :idle (twenty minutes ago)
    told: dict = dataclasses.field(default_factory=dict)
    concerns: object = everything
    every_aim: bool = False
    proves_again: bool = False  # at the end somebody re-authenticates, and what is grave opens

    def make(self, house, now):
        moments = {"now": now, "old": now - 6 * model.MINUTE, "idle": now - 20 * model.MINUTE, "day": 86_400_000_000}
        with contextlib.closing(sqlite3.connect(house.data / "store/azukari.db")) as db, db:
            # Whatever the preparation took, the sessions are as fresh as the world says.
            db.execute("update access_session set started_at = :now, seen_at = :now, authenticated_at = :now", moments)
            for statement in self.sql:
                db.execute(statement, moments)

    def facts(self, facts):
        for name, value in self.told.items():
            facts.changes[name] = value(facts.changes) if callable(value) else value
        return facts


def if_listed(value):
    return lambda changes: value if changes["listed"] else None


DAY = 24 * model.HOUR
WORLDS = [
    World("an ordinary day", every_aim=True),
    World("signed in six minutes ago",
          # As if no code had been used yet: somebody will prove again who they are.
          ["update access_session set authenticated_at = :old", "update access_totp set last_step = 0"],
          {"authenticated": -6 * model.MINUTE}, only_grave, proves_again=True),
    World("left alone for twenty minutes", ["update access_session set seen_at = :idle"],
          {"seen": -20 * model.MINUTE}),
    World("every account suspended", ["update access_account set state = 1"], {"account": "suspended"}),
    World("nobody has set up their account", ["update access_password set initial = 1", "delete from access_passkey"],
          {"enrolled": False}),
    World("everybody withdrawn from the roster", ["update roster_entry set withdrawn_at = :now - :day"],
          {"withdrawn": if_listed(-DAY)}, about_work),
    World("the roster not submitted", ["update roster_entry set submitted_at = null"], {"submitted": None},
          about_work),
    World("everybody's training expired", ["update training_attempt set valid_until = :now - :day"],
          {"training": if_listed((-2 * DAY, -DAY))}, about_work),
    World("nobody trained", ["delete from training_attempt"], {"training": None},
          about_work),
    World("before the entrustment's term", ["update access_fence set starts_on = '2998-04-01', ends_on = '2999-03-31'"],
          {"term": (DAY, 2 * DAY)}, about_work),
    World("after the entrustment's term", ["update access_fence set starts_on = '2000-04-01', ends_on = '2001-03-31'"],
          {"term": (-2 * DAY, -DAY)}, about_work),
    World("on the roster as something else",
          ["update roster_entry set kind = (kind + 1) % 3"],
          {"listed": lambda changes: changes["listed"] and
              model.KINDS[(model.KINDS.index(changes["listed"]) + 1) % 3]}, about_work),
]
