#!/usr/bin/env python3
"""A second, independent statement of who may do what, to hold decide() against.

    decision_model.py SEED COUNT OUT      writes COUNT random standings with the answer that the rules give

Written from the rules (requirements K04, K11, K12, K13, K15), not from the C++: each rule is a function that objects or
does not, and the first objection in the order of the rules is the answer.
"""
import random
import sys

ROLES = ["ward_officer", "ward_reviewer", "handling_supervisor", "handler", "security_officer", "auditor"]
OF_WARD = {"ward_officer", "ward_reviewer", "auditor"}
ALL = set(ROLES)
WARD = {"ward_officer", "ward_reviewer"}
CONTRACTOR = {"handling_supervisor", "handler", "security_officer"}
WORKERS = {"handler", "handling_supervisor"}
LEADERS = {"handling_supervisor", "security_officer"}

# name: (kind, grave, roles)
ACTIONS = {
    "home.see": ("open", False, ALL),
    "account.own": ("open", False, ALL),
    "account.factors": ("open", True, ALL),
    "accounts.see": ("open", False, ALL - {"handler"}),
    "accounts.manage": ("open", True, {"ward_officer", "handling_supervisor"}),
    "matrix.see": ("open", False, ALL),
    "register.see": ("about", False, ALL),
    "register.edit": ("about", False, WARD),
    "register.report": ("about", True, {"ward_reviewer"}),
    "flow.publish": ("about", False, WARD),
    "flow.acknowledge": ("about", False, {"handling_supervisor"}),
    "roster.see": ("about", False, ALL),
    "roster.propose": ("about", False, LEADERS),
    "roster.submit": ("about", True, {"handling_supervisor"}),
    "training.take": ("about", False, CONTRACTOR),
    "training.record": ("about", False, LEADERS),
    "ledger.see": ("open", False, ALL - {"handler"}),
    "ledger.evidence": ("open", False, WARD | {"security_officer", "auditor"}),
    "ledger.witness": ("open", False, WARD),
    "custody.see": ("about", False, ALL),
    "custody.keep": ("about", False, WARD | WORKERS),
    "custody.hand_over": ("about", False, WARD | WORKERS),
    "custody.sign": ("about", True, WARD | WORKERS),
    "custody.close_dispute": ("about", True, WARD | LEADERS),
    "custody.package": ("personal", False, WARD | WORKERS),
    "custody.package_agree": ("personal", True, CONTRACTOR),
    "custody.notice": ("about", True, WARD | WORKERS),
    "custody.settle": ("about", False, WARD | {"handling_supervisor"}),
    "custody.rooms": ("about", False, WARD | LEADERS),
    "custody.settings": ("about", True, WARD),
    "person.list": ("personal", False, WORKERS),
    "person.reveal": ("personal", False, WORKERS),
    "person.record": ("personal", False, WORKERS),
    "attachment.add": ("personal", False, WORKERS),
    "attachment.reveal": ("personal", False, WORKERS),
    "attachment.withdraw": ("personal", True, WORKERS),
    "person.merge": ("personal", False, {"handling_supervisor"}),
    "consent.record": ("personal", False, WORKERS),
    "purpose.see": ("about", False, ALL),
    "purpose.declare": ("about", False, WARD),
    "purpose.publish": ("about", False, WARD | {"handling_supervisor"}),
    "prohibited.allow": ("about", True, {"ward_reviewer"}),
    "guidance.see": ("about", False, ALL),
    "guidance.import": ("personal", False, WORKERS),
    "guidance.read": ("personal", False, WORKERS),
    "guidance.compose": ("personal", False, WORKERS),
    "guidance.approve": ("personal", True, {"handling_supervisor"}),
    "guidance.take": ("personal", True, WORKERS),
    "guidance.pull": ("about", False, {"ward_officer", "ward_reviewer", "handling_supervisor"}),
    "guidance.seal": ("personal", False, WORKERS),
    "guidance.reprint": ("about", True, {"handling_supervisor"}),
    "guidance.close": ("about", True, {"handling_supervisor"}),
    "print.see": ("about", False, ALL),
    "print.ask": ("personal", False, WORKERS),
    "print.agree": ("personal", True, CONTRACTOR),
    "print.send": ("personal", True, WORKERS),
    "print.account": ("about", False, WORKERS),
    "print.limits": ("about", True, WARD),
    "print.log": ("about", False, ALL - {"handler"}),
    "print.submit": ("about", True, {"handling_supervisor"}),
    "ending.see": ("about", False, ALL),
    "ending.documents": ("about", False, WORKERS),
    "ending.hold": ("about", False, WARD | {"handling_supervisor"}),
    "ending.backups": ("about", False, LEADERS),
    "ending.plan": ("ending", False, WORKERS),
    "ending.agree": ("ending", True, CONTRACTOR),
    "ending.carry_out": ("ending", True, WORKERS),
    "ending.check": ("ending", True, CONTRACTOR),
    "ending.acknowledge": ("about", False, WARD),
    "ending.return": ("ending", True, WORKERS),
    "ending.collect": ("about", False, WARD),
}
STATES = ["active", "suspended", "closed"]
KINDS = ["security_officer", "handling_supervisor", "handler"]

RESIDENTS = {"personal", "ending"}  # kinds that touch residents' information

SECOND = 1_000_000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
IDLE, ABSOLUTE, GRAVE = 15 * MINUTE, 12 * HOUR, 5 * MINUTE


def concerns(case):
    """The action is about the entrustment that is named, or needs one to be named."""
    return case["aimed"] or case["kind"] in RESIDENTS


def handles(case):
    return concerns(case) and case["kind"] in RESIDENTS and not case["ward"]


def named_handler(case):
    """Handlers know of an entrustment only where somebody named them."""
    return handles(case) or (concerns(case) and case["kind"] == "about" and case["role"] == "handler")


def withdrawn(case):
    return case["withdrawn"] is not None and case["withdrawn"] <= case["now"]


RULES = [
    ("access.suspended", lambda c: c["account"] != "active"),
    ("access.session_over", lambda c: c["now"] - c["seen"] >= IDLE or c["now"] - c["started"] >= ABSOLUTE),
    ("access.role", lambda c: c["role"] not in c["roles"] or (c["role"] in OF_WARD) != c["ward"]),
    ("access.enrol_first", lambda c: not c["enrolled"] and c["action"] not in {"account.own", "account.factors"}),
    ("access.no_entrustment", lambda c: concerns(c) and not c["known"]),
    ("access.other_organisation", lambda c: concerns(c) and not c["own"]),
    ("roster.absent", lambda c: named_handler(c) and c["listed"] is None),
    ("roster.withdrawn", lambda c: named_handler(c) and withdrawn(c)),
    ("roster.not_submitted", lambda c: handles(c) and (c["submitted"] is None or c["now"] < c["submitted"])),
    ("roster.kind", lambda c: handles(c) and c["listed"] not in c["roles"]),
    ("training.missing", lambda c: handles(c) and (c["training"] is None or c["now"] < c["training"][0])),
    ("training.expired", lambda c: handles(c) and c["now"] >= c["training"][1]),
    ("term.before", lambda c: concerns(c) and c["kind"] in RESIDENTS and c["now"] < c["term"][0]),
    ("term.after", lambda c: concerns(c) and c["kind"] == "personal" and c["now"] >= c["term"][1]),
    ("access.reauthenticate", lambda c: c["grave"] and c["now"] - c["authenticated"] >= GRAVE),
]


def answer(case):
    for code, objects in RULES:
        if objects(case):
            return code
    return "allowed"


def around(rng, point):
    """A moment at, just beside, or somewhere around a point."""
    return point + rng.choice([-HOUR, -1, 0, 1, HOUR, rng.randrange(-HOUR, HOUR)])


def mostly(rng, usual, unusual, share=0.85):
    return usual if rng.random() < share else unusual


def random_case(rng):
    now = 1_780_000_000 * SECOND + rng.randrange(HOUR)
    action = rng.choice([*ACTIONS, *[name for name, (kind, _, _) in ACTIONS.items() if kind in RESIDENTS]])
    kind, grave, roles = ACTIONS[action]
    role = rng.choice(sorted(roles) if rng.random() < 0.8 else ROLES)
    listed = mostly(rng, role if role in KINDS else "handler", rng.choice([None, *KINDS]))
    early, late = now - rng.randrange(HOUR), now + rng.randrange(1, HOUR)
    return {
        "now": now, "action": action, "kind": kind, "grave": grave, "roles": roles, "role": role,
        "ward": mostly(rng, role in OF_WARD, rng.random() < 0.5, 0.97),
        "account": mostly(rng, "active", rng.choice(STATES), 0.95),
        "enrolled": rng.random() < 0.95,
        "started": mostly(rng, early, around(rng, now - ABSOLUTE), 0.9),
        "seen": mostly(rng, now - rng.randrange(MINUTE), around(rng, now - IDLE), 0.9),
        "authenticated": mostly(rng, now - rng.randrange(MINUTE), around(rng, now - GRAVE), 0.7),
        "aimed": rng.random() < 0.9,
        "known": rng.random() < 0.95,
        "own": rng.random() < 0.9,
        "term": (mostly(rng, early, around(rng, now)), mostly(rng, late, around(rng, now))),
        "listed": listed,
        "submitted": mostly(rng, early, rng.choice([None, around(rng, now)])),
        "withdrawn": mostly(rng, None, around(rng, now)),
        "training": mostly(rng, (mostly(rng, early, around(rng, now)), mostly(rng, late, around(rng, now))), None, 0.9),
    }


def line(case):
    def moment(at):
        return "-" if at is None else str(at)

    training = case["training"] or (None, None)
    fields = [
        case["action"], ROLES.index(case["role"]), int(case["ward"]), STATES.index(case["account"]),
        int(case["enrolled"]), case["now"], case["started"], case["seen"], case["authenticated"], int(case["aimed"]),
        int(case["known"]), int(case["own"]), case["term"][0], case["term"][1],
        "-" if case["listed"] is None else KINDS.index(case["listed"]), moment(case["submitted"]),
        moment(case["withdrawn"]), moment(training[0]), moment(training[1]), answer(case),
    ]
    return " ".join(map(str, fields))


def main(seed, count, out):
    rng = random.Random(int(seed))
    with open(out, "w", encoding="ascii") as file:
        for _ in range(int(count)):
            print(line(random_case(rng)), file=file)


if __name__ == "__main__":
    main(*sys.argv[1:])
