"""Every kind of secret that stands in for somebody, and the door that it opens."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from flask import Flask

from portal.database import unit_of_work, utcnow
from portal.errors import Invalid
from portal.extensions import db
from portal.login.models import SignOnAttempt
from portal.login.services import passkeys
from portal.login.services.links import create_link
from portal.login.services.passkeys import Site, ask_to_prove, ask_to_register
from portal.login.services.pending import open_pending
from portal.login.services.recovery import renew_codes, take_code
from portal.login.services.tokens import hash_token, new_token
from portal.members.models import Member
from portal.notices.signing import ALL_DIGESTS, sign
from portal.paths import PACKAGE
from portal.permissions.actor import Actor
from portal.sign_on.services.attempts import LIFETIME, state_of, take_attempt
from portal.sign_on.services.refusals import Refused
from tests.fixtures.client import PortalClient
from tests.fixtures.people import Network, open_login
from tests.security.poison import METADATA
from tests.security.ways_in import build_ways_in
from tests.security.world import World

CHOICE = {"password": "wolke-leiter-senf-trommel", "again": "wolke-leiter-senf-trommel"}
SITE = Site("localhost", "http://localhost", "Portal")
OWNER = "member"
# Columns that end like those of secrets: of the log's chain, and what a secret of somebody's own choice is kept as.
NO_SECRETS = {
    "audit_entry.previous_hash",
    "audit_entry.content_hash",
    "audit_entry.hash",
    "audit_head.cut_hash",
    "member.password_hash",
}


Opens = Callable[[PortalClient, str], bool]


@dataclass(frozen=True)
class Kind:
    """Where the database keeps it; whether it opens its door to this browser, using it up; the address of the door."""

    column: str
    opens: Opens
    path: str = ""


def _link(column: str, path: str) -> Kind:
    def opens(browser: PortalClient, secret: str) -> bool:
        place = path.replace("<token>", secret)
        seen = browser.get(place).status_code == 200
        return browser.post(place, data=CHOICE).status_code < 400 and seen

    return Kind(column, opens, path)


def _cookie(name: str, page: str) -> Opens:
    def opens(browser: PortalClient, secret: str) -> bool:
        with browser.session_transaction() as session:
            session[name] = secret
        return browser.get(page).status_code == 200

    return opens


def _question(purpose: str, member_of: Callable[[], int | None]) -> Opens:
    def opens(browser: PortalClient, secret: str) -> bool:
        try:
            return bool(passkeys._take(secret, purpose, member_of()))
        except Invalid:
            return False

    return opens


def _comes_back(browser: PortalClient, secret: str) -> bool:
    try:
        with unit_of_work():
            return bool(take_attempt(Actor(), secret, state_of(secret)))
    except Refused:
        return False


def owner() -> int:
    """Whose secrets they are."""
    return Network().member(OWNER).id


def _takes_code(browser: PortalClient, secret: str) -> bool:
    with unit_of_work():
        return take_code(owner(), secret)


KINDS: dict[str, Kind] = {
    "session": Kind("login_session.token_hash", _cookie("_user_id", "/me")),
    "second step": Kind("pending_login.token_hash", _cookie("pending_login", "/login/factor")),
    "reset": _link("one_time_link.token_hash", "/login/reset/<token>"),
    "address": _link("address_change.token_hash", "/login/address/<token>"),
    "undo": _link("address_change.undo_hash", "/login/address/undo/<token>"),
    "invitation": _link("invitation.token_hash", "/invitation/<token>"),
    "request": _link("access_request.token_hash", "/login/request/<token>"),
    "recovery code": Kind("recovery_code.code_hash", _takes_code),
    "question to enter": Kind("passkey_challenge.token_hash", _question("enter", lambda: None)),
    "question to confirm": Kind("passkey_challenge.token_hash", _question("confirm", owner)),
    "question to register": Kind("passkey_challenge.token_hash", _question("register", owner)),
    "end of notices": _link("", "/notices/unsubscribe/<token>"),  # signed, not kept
    "way to the provider": Kind("sign_on_attempt.token_hash", _comes_back),
}


def make_secrets() -> dict[str, str]:
    """One secret of each kind, all of them open; the invited person is nobody's account yet."""
    session = {"session": open_login(OWNER)}
    with unit_of_work():
        invited = Member(name="Ida", sort_name="ida", email="ida@netz.example", state="invited")
        db.session.add(invited)
        db.session.flush()
        found = build_ways_in(World(), invited, owner(), Network().organisation("nordwerk").id)
        found = {name: found[name] for name in ("invitation", "request", "address", "undo")}
        return {**session, **found, **_of_member(Actor(id=owner(), name="Mia", email="m@netz.example"))}


def _of_member(member: Actor) -> dict[str, str]:
    asked = {name: ask_to_prove(name, actor, SITE) for name, actor in (("enter", Actor()), ("confirm", member))}
    asked["register"] = ask_to_register(member, SITE)
    questions = {f"question to {name}": question.token for name, question in asked.items()}
    questions |= {"way to the provider": _be_sent(), "end of notices": sign(owner(), ALL_DIGESTS)}
    reset, step = create_link(owner(), "reset"), open_pending(owner(), remember=False)
    return {**questions, "reset": reset, "second step": step, "recovery code": renew_codes(member)[0]}


def _be_sent() -> str:
    token = new_token()
    row = SignOnAttempt(token_hash=hash_token(token), purpose="enter", expires_at=utcnow() + LIFETIME)
    db.session.add(row)
    return token


def list_columns() -> set[str]:
    """Every column that keeps a secret's hash, of the core and of the plugins."""
    columns = {f"{table}.{column.name}" for one in METADATA for table in one.sorted_tables for column in table.columns}
    return {name for name in columns if name.endswith(("_hash", "_token"))} - NO_SECRETS


def list_links(app: Flask) -> set[str]:
    """Every address that a secret can be put into."""
    return {rule.rule for rule in app.url_map.iter_rules() if "token" in rule.arguments}


def list_signed() -> set[str]:
    """Where something is signed instead of kept, which needs a purpose of its own: room and module."""
    paths = [path for folder in (PACKAGE, PACKAGE.parent / "plugins") for path in folder.rglob("*.py")]
    return {f"{path.parent.name}.{path.stem}" for path in paths if "Serializer(" in path.read_text(encoding="utf-8")}
