"""Addresses of organisations: made of their names, never given to another one, the old ones kept."""

from __future__ import annotations

from sqlalchemy import Select, delete, select, union

from portal.extensions import db
from portal.organisations.models import FormerSlug, Organisation
from portal.web.slugs import slug_of

MAX_SLUG = 100
# What pages of this room and of plugins are called beside those of organisations.
RESERVED = frozenset({"map", "new", "static"})


def present_slug(slug: str) -> Select[str]:
    """The slug of today of whom ``slug`` is or was the address, as a statement."""
    now = select(Organisation.slug).where(Organisation.slug == slug)
    before = select(Organisation.slug).join(FormerSlug, FormerSlug.organisation_id == Organisation.id)
    return union(now, before.where(FormerSlug.slug == slug))  # type: ignore[return-value]


def free_slug(name: str) -> str:
    """An address made of the name that no organisation has or ever had."""
    base = slug_of(name, MAX_SLUG) or "organisation"
    now = select(Organisation.slug).where(Organisation.slug.startswith(base, autoescape=True))
    before = select(FormerSlug.slug).where(FormerSlug.slug.startswith(base, autoescape=True))
    taken = RESERVED | set(db.session.scalars(union(now, before)))  # one statement, so that none slips through between
    slug, number = base, 2
    while slug in taken:
        slug, number = f"{base}-{number}", number + 1
    return slug


def move_address(organisation: Organisation) -> None:
    """Give the organisation an address that fits its name; the one it had leads there from now on.

    It takes back a former one of its own rather than get a new one with a number."""
    base = slug_of(organisation.name, MAX_SLUG) or "organisation"
    if organisation.slug == base:
        return
    own = FormerSlug.organisation_id == organisation.id
    is_own = base not in RESERVED and db.session.scalar(select(FormerSlug.slug).where(own, FormerSlug.slug == base))
    before, organisation.slug = organisation.slug, base if is_own else free_slug(organisation.name)
    db.session.execute(delete(FormerSlug).where(own, FormerSlug.slug == organisation.slug))
    db.session.add(FormerSlug(slug=before, organisation_id=organisation.id))
    db.session.flush()
