"""Plugins that are broken, each in one way: packages as texts, written into a folder by the tests."""

from __future__ import annotations

from pathlib import Path

HEAD = """
from portal.sdk import Plugin, hookimpl
from portal.sdk.access import Permission, access
from portal.sdk.contributions import Card, Check, MenuEntry, Slot
from portal.sdk.web import PortalBlueprint

manifest = Plugin(id="{id}", title="{id}", description="", models={models}, migrations={migrations})
"""
MODELS = """
from portal.sdk.database import plugin_base
from sqlalchemy.orm import Mapped, mapped_column, relationship

Base = plugin_base("{id}")


class Thing(Base):
    __tablename__ = "{id}_thing"
    id: Mapped[int] = mapped_column(primary_key=True)
{more}
"""
HOOK = "\n\n@hookimpl\ndef {name}({arguments}):\n    {body}\n"

# What is wrong at loading: the sample's id, what its module says after the manifest, and the reason that admins read.
AT_LOADING = {
    "importing": ("import module_that_is_not_there\n", "ModuleNotFoundError"),
    "leaving": ("raise SystemExit(3)\n", "SystemExit: 3"),
    "undeclared": (
        "blueprint = PortalBlueprint('undeclared', __name__)\nblueprint.get('/')(lambda: '')\n"
        + HOOK.format(name="portal_blueprints", arguments="", body="return [blueprint]"),
        "without @access",
    ),
    "reaching": ("PortalBlueprint('reaching', __name__).before_app_request(print)\n", "beyond the plugin"),
    "misnamed": (
        HOOK.format(name="portal_permissions", arguments="", body="return [Permission('events.edit', '')]"),
        "begin",
    ),
    "unknown": (HOOK.format(name="portal_nonsense", arguments="", body="return []"), "unknown hook"),
    "wrongcards": (HOOK.format(name="portal_cards", arguments="", body="return 'cards'"), "portal_cards gave str"),
    "raising": (HOOK.format(name="portal_slots", arguments="", body="raise RuntimeError('broken')"), "broken"),
}
MISMAPPED = MODELS.format(id="mismapped", more='    parts = relationship("NobodyKnows")\n')

# Misbehaves while running, in each place of a page, as the tests say by ``mode``.
GRUMPY = (
    HEAD.format(id="grumpy", models=None, migrations=None)
    + """
from portal.sdk.database import session
from portal.sdk.network import Member
from sqlalchemy import delete

place, mode = "", ""


def answer(here, value):
    if here != place:
        return value
    if mode == "raise":
        raise RuntimeError("grumpy")
    if mode == "leave":
        raise SystemExit(1)
    if mode == "poison":
        session.add(Member(name=None))
        session.flush()
    if mode == "delete":
        session.execute(delete(Member))
        raise RuntimeError("and gone")
    return 5


@hookimpl
def portal_menu(member):
    return answer("menu", [])


@hookimpl
def portal_admin_menu(member):
    return answer("admin_menu", [])


@hookimpl
def portal_principals(member):
    return answer("principals", set())


@hookimpl
def portal_cards():
    return [Card("card", "Karte", lambda member: answer("card", "<p>gut gelaunt</p>"))]


@hookimpl
def portal_slots():
    return [Slot("member", lambda member, person: answer("slot", "<p>gut gelaunt</p>"))]


@hookimpl
def portal_health():
    return answer("health", [Check("Laune", True)])


@hookimpl
def portal_object_saved(type, id, actor_id):
    answer("saved", None)
"""
)

# Its migration fails before the statement that ``at`` counts.
SLIPPING = HEAD.format(id="slipping", models='"portal_slipping.models"', migrations='"migrations"') + "\nat = 0\n"
SLIPPING_MODELS = MODELS.format(id="slipping", more="    number: Mapped[int] = mapped_column(index=True)\n")
SLIPPING_MIGRATION = """
import sqlalchemy as sa
from alembic import op
from portal_slipping import plugin

revision, down_revision, branch_labels, depends_on = "0001", None, None, None


def step(number):
    if plugin.at == number:
        op.execute("INSERT INTO no_such_table VALUES (1)")


def upgrade():
    step(1)
    columns = sa.Column("id", sa.Integer(), nullable=False), sa.Column("number", sa.Integer(), nullable=False)
    op.create_table("slipping_thing", *columns, sa.PrimaryKeyConstraint("id", name="pk_slipping_thing"))
    step(2)
    op.create_index("ix_slipping_thing_number", "slipping_thing", ["number"])
    step(3)
    op.execute("INSERT INTO slipping_thing (id, number) VALUES (1, 1)")
    step(4)


def downgrade():
    op.drop_table("slipping_thing")
"""


def write_samples(folder: Path) -> dict[str, Path]:
    """Write every sample as a package of its own folder; gives where each is, by id."""
    texts = {
        name: {"plugin.py": HEAD.format(id=name, models=None, migrations=None) + said}
        for name, (said, _) in AT_LOADING.items()
    }
    texts["mismapped"] = {
        "plugin.py": HEAD.format(id="mismapped", models='"portal_mismapped.models"', migrations=None),
        "models.py": MISMAPPED,
    }
    texts["grumpy"] = {"plugin.py": GRUMPY}
    texts["slipping"] = {
        "plugin.py": SLIPPING,
        "models.py": SLIPPING_MODELS,
        "migrations/0001_first_version.py": SLIPPING_MIGRATION,
    }
    for name, files in texts.items():
        for path, text in {"__init__.py": "", **files}.items():
            place = folder / name / f"portal_{name}" / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(text)
    return {name: folder / name for name in texts}
