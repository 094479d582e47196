"""Reading profiles: only those that the acting member may read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, bindparam, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload, load_only, selectinload

from plugins.initiatives.models import Profile, ProfileLand
from plugins.initiatives.permissions import REVIEW
from portal.sdk.access import Actor, Rule, prepared, visible_to
from portal.sdk.database import session
from portal.sdk.errors import NotFound
from portal.sdk.network import KINDS, LAENDER, FormerSlug, Membership, Organisation, Topic, fold
from portal.sdk.web import Page, page_of

PAGE_SIZE = 24
LARGEST_ID = 2**31 - 1


@dataclass(frozen=True)
class Filters:
    """What of the directory is asked for: a Land's code, a kind, words of the name; "" leaves it open."""

    land: str = ""
    kind: str = ""
    q: str = ""

    @classmethod
    def of(cls, land: str = "", kind: str = "", q: str = "") -> Filters:
        """Filters from an address; what is unknown is left open."""
        land = land.upper()
        return cls(
            land if land in LAENDER else "", kind if kind in KINDS else "", " ".join(q.replace("\0", " ").split())[:100]
        )

    @property
    def chosen(self) -> dict[str, str]:
        """The filters in use, for links."""
        return {name: value for name, value in (("q", self.q), ("land", self.land), ("kind", self.kind)) if value}


@dataclass(frozen=True)
class Pin:
    """What the map and the list beside it show of an initiative; ``id`` is its organisation's.

    The position is None where it is unknown."""

    id: int
    slug: str
    name: str
    land: str
    town: str
    latitude: float | None
    longitude: float | None


def get_profile(member: Actor, slug: str) -> Profile:
    """The profile of the organisation with this slug, with all that its page shows. Raises NotFound."""
    profile = session.scalars(*_page(member, slug=slug)).unique().one_or_none()
    if profile is None:
        raise NotFound
    return profile


def find_present_slug(member: Actor, old_slug: str) -> str | None:
    """Where a profile is found now that was found under ``old_slug`` before, None if nowhere or not for this member."""
    query = select(Organisation.slug).join(Profile, Profile.organisation_id == Organisation.id)
    query = query.join(FormerSlug, FormerSlug.organisation_id == Organisation.id)
    return session.scalar(query.where(FormerSlug.slug == old_slug, visible_to(Profile.audience, member)))


def list_profiles(member: Actor, filters: Filters, after: str = "") -> Page[Profile]:
    """A page of the directory, by name. ``after`` is the key of the page before."""
    query, asked = _cards(member)
    rows = session.scalars(_after(_filtered(query, filters), after), asked).all()
    return page_of(rows, PAGE_SIZE, lambda row: f"{row.organisation.sort_name}~{row.organisation.id}")


def list_pins(member: Actor, filters: Filters) -> Sequence[Pin]:
    """Every initiative that the filters leave, by name, for the map and its list."""
    columns = (
        *(Organisation.id, Organisation.slug, Organisation.name, Organisation.land),
        func.coalesce(func.nullif(Profile.town, ""), Organisation.town),
        *(Profile.latitude, Profile.longitude),
    )
    query = select(*columns).join(Profile, _same_organisation()).where(visible_to(Profile.audience, member), _is_open())
    rows = session.execute(_filtered(query, filters).order_by(Organisation.sort_name, Organisation.id))
    return [Pin(*row) for row in rows]


def count_by_land(member: Actor, filters: Filters) -> dict[str, int]:
    """How many initiatives work in each Land, whatever Land the filters name."""
    query = select(ProfileLand.land, func.count().label("number")).join(Profile, Profile.id == ProfileLand.profile_id)
    query = query.join(Organisation, _same_organisation()).where(visible_to(Profile.audience, member), _is_open())
    query = _filtered(query, Filters(kind=filters.kind, q=filters.q)).group_by(ProfileLand.land)
    rows: Iterable[Any] = session.execute(query)
    return {row.land: row.number for row in rows}


def list_newest(member: Actor, limit: int = 4) -> Sequence[Profile]:
    """The profiles that were published last."""
    return session.scalars(*_newest(member, most=limit)).all()


def list_own(member: Actor) -> Sequence[Profile]:
    """The profiles of the organisations that the member is an editor of, by name."""
    if not member.edited_organisations:
        return []
    query = _visible(member).where(Profile.organisation_id.in_(member.edited_organisations), _is_open())
    return session.scalars(_by_name(query.options(selectinload(Profile.topics)))).all()


def list_without_profile(member: Actor) -> Sequence[Organisation]:
    """The organisations that have no profile yet and for which the member may begin one, by name."""
    if not member.edited_organisations and not member.can(REVIEW):
        return []
    query = select(Organisation).where(~select(Profile.id).where(_same_organisation()).exists(), _is_open())
    if not member.can(REVIEW):
        query = query.where(Organisation.id.in_(member.edited_organisations))
    return session.scalars(query.order_by(Organisation.sort_name, Organisation.id)).all()


def find_of_organisation(member: Actor, organisation_id: int) -> Profile | None:
    """The profile of an organisation if there is one that the member may read."""
    return session.scalar(_visible(member).where(Profile.organisation_id == organisation_id))


def list_of_person(member: Actor, person_id: int) -> Sequence[Profile]:
    """The profiles of the organisations that somebody belongs to, by name, as far as the member may read them."""
    own = select(Membership.organisation_id).where(Membership.member_id == person_id)
    return session.scalars(_by_name(_visible(member).where(Profile.organisation_id.in_(own), _is_open()))).all()


def find_locked(member: Actor, slug: str) -> Profile | None:
    """The profile of the organisation with this slug as it is now, locked until the unit of work ends."""
    query = _visible(member).where(Organisation.slug == slug).with_for_update(of=Profile)
    return session.scalar(query.execution_options(populate_existing=True))


def list_changed(member: Actor, since: datetime | None, after: int, limit: int) -> Sequence[Profile]:
    """The next ``limit`` profiles beyond the id ``after``, changed at or after ``since`` (or their organisation was),
    with all that is searched."""
    query = _visible(member).options(selectinload(Profile.topics), selectinload(Profile.land_links)).where(_is_open())
    if since is not None:
        query = query.where(or_(Profile.changed_at >= since, Organisation.changed_at >= since))
    return session.scalars(query.where(Profile.id > after).order_by(Profile.id).limit(limit)).all()


def list_readable(member: Actor, ids: Iterable[int]) -> set[int]:
    """Which of these profiles the member may read now."""
    found = select(Profile.id).join(Profile.organisation).where(Profile.id.in_(ids), _is_open())
    return set(session.scalars(found.where(visible_to(Profile.audience, member))))


def list_changed_by(member: Actor, person_id: int) -> Sequence[Profile]:
    """The profiles that a person was the last to change and the member may read."""
    return session.scalars(_by_name(_visible(member).where(Profile.changed_by_id == person_id))).all()


def list_giving(member: Actor, field: str, value: str) -> Sequence[Profile]:
    """The profiles that the member may read and whose ``field`` is ``value``, in large or small letters."""
    same = func.lower(getattr(Profile, field)) == value.lower()
    return session.scalars(_by_name(_visible(member).where(same))).all()


def list_edited(member: Actor, ids: Iterable[int]) -> set[int]:
    """Which of these profiles belong to an organisation that the member is an editor of."""
    own = Profile.organisation_id.in_(member.edited_organisations)
    return set(
        session.scalars(select(Profile.id).where(Profile.id.in_(ids), own, visible_to(Profile.audience, member)))
    )


def list_editors(organisation_id: int) -> set[int]:
    """The numbers of an organisation's editors, for telling them."""
    rows = select(Membership.member_id).where(Membership.organisation_id == organisation_id)
    return set(session.scalars(rows.where(Membership.role == "editor")))


def count_published(member: Actor) -> tuple[int, int]:
    """How many profiles are published, and how many of them have no place on the map."""
    lost = func.count().filter(Profile.latitude.is_(None))
    query = select(func.count(), lost).join(Profile.organisation).where(Profile.state == "published", _is_open())
    query = query.where(visible_to(Profile.audience, member))
    published, without_place = session.execute(query).one()
    return published, without_place


def list_topics() -> Sequence[Topic]:
    """The shared list of subjects, by title."""
    return session.scalars(select(Topic).order_by(Topic.title)).all()


@prepared
def _cards(visible: Rule) -> Select[Any]:
    """What a card shows of a profile, by name."""
    shown = load_only(Profile.claim, Profile.summary, Profile.state, Profile.town, raiseload=True)
    named = Organisation.slug, Organisation.name, Organisation.sort_name, Organisation.short_name
    of = contains_eager(Profile.organisation)
    query = select(Profile).join(Profile.organisation).where(visible(Profile.audience), _is_open())
    query = query.options(shown, of.load_only(*named, Organisation.kind, Organisation.land, Organisation.town))
    topics = selectinload(Profile.topics).load_only(Topic.title)
    return query.options(topics).order_by(Organisation.sort_name, Organisation.id).limit(PAGE_SIZE + 1)


@prepared
def _newest(visible: Rule) -> Select[Any]:
    query = select(Profile).join(Profile.organisation).where(visible(Profile.audience), Profile.state == "published")
    query = query.where(_is_open())
    of = contains_eager(Profile.organisation)
    named = of.load_only(Organisation.slug, Organisation.name, Organisation.short_name)
    query = query.options(load_only(Profile.claim, raiseload=True), named).limit(bindparam("most"))
    return query.order_by(Profile.published_at.desc(), Profile.id.desc())


@prepared
def _page(visible: Rule) -> Select[Any]:
    query = select(Profile).join(Profile.organisation).options(contains_eager(Profile.organisation))
    query = query.where(visible(Profile.audience), Organisation.slug == bindparam("slug"))
    return query.options(joinedload(Profile.land_links), joinedload(Profile.changed_by), selectinload(Profile.topics))


def _is_open() -> Any:
    """Archived organisations are in no list, on no map and in no search; their page is there for old links."""
    return Organisation.archived_at.is_(None)


def _same_organisation() -> Any:
    return Profile.organisation_id == Organisation.id


def _visible(member: Actor) -> Select[Profile]:
    query = select(Profile).join(Profile.organisation).options(contains_eager(Profile.organisation))
    return query.where(visible_to(Profile.audience, member))


def _filtered(query: Any, filters: Filters) -> Any:
    if filters.land:
        in_land = and_(ProfileLand.profile_id == Profile.id, ProfileLand.land == filters.land)
        query = query.where(select(ProfileLand.land).where(in_land).exists())
    if filters.kind:
        query = query.where(Organisation.kind == filters.kind)
    for word in fold(filters.q).split():
        name = Organisation.sort_name.contains(word, autoescape=True)
        query = query.where(or_(name, func.lower(Organisation.short_name).contains(word, autoescape=True)))
    return query


def _by_name(query: Select[Profile]) -> Select[Profile]:
    return query.order_by(Organisation.sort_name, Organisation.id)


def _after(query: Select[Any], key: str) -> Select[Any]:
    name, _, number = key.replace("\0", "")[:220].rpartition("~")
    if not (number.isascii() and number.isdigit()):
        return query
    later = and_(Organisation.sort_name == name, Organisation.id > min(int(number), LARGEST_ID))
    return query.where(or_(Organisation.sort_name > name, later))
