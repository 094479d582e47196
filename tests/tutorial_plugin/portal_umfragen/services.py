"""What can be done with polls."""

from collections import Counter

from portal.sdk.access import MEMBER, Actor, require, visible_to
from portal.sdk.contributions import SearchDocument
from portal.sdk.database import session
from portal.sdk.errors import Invalid, NotFound
from portal.sdk.hooks import announce_saved
from sqlalchemy import delete, select

from portal_umfragen.models import Poll, Vote


def create_poll(member: Actor, question: str, answers: list[str]) -> Poll:
    """Ask all members. Raises Forbidden, or Invalid with fewer than two answers."""
    require(member, "umfragen.ask")
    answers = [answer.strip() for answer in answers if answer.strip()]
    if len(answers) < 2:
        raise Invalid("A poll needs at least two answers.", "answers")
    poll = Poll(question=question.strip(), answers=answers, audience=[MEMBER])
    session.add(poll)
    session.flush()
    announce_saved(member, "umfragen.poll", poll.id)
    return poll


def list_polls(member: Actor) -> list[Poll]:
    """The polls that the member may read, the newest first."""
    query = select(Poll).where(visible_to(Poll.audience, member))
    return list(session.scalars(query.order_by(Poll.id.desc())))


def get_poll(member: Actor, number: int) -> Poll:
    """One of them. Raises NotFound."""
    query = select(Poll).where(Poll.id == number, visible_to(Poll.audience, member))
    poll = session.scalar(query)
    if poll is None:
        raise NotFound
    return poll


def vote(member: Actor, number: int, answer: int) -> None:
    """Answer, or answer anew. Raises NotFound, or Invalid for an answer that is not offered."""
    poll = get_poll(member, number)
    if not 0 <= answer < len(poll.answers):
        raise Invalid("Please choose one of the answers.", "answer")
    session.merge(Vote(poll_id=poll.id, member_id=member.id, answer=answer))
    session.flush()


def find_vote(member: Actor, poll: Poll) -> int | None:
    """What the member answered, None if nothing yet."""
    query = select(Vote.answer).where(Vote.poll_id == poll.id, Vote.member_id == member.id)
    return session.scalar(query)


def list_open(member: Actor) -> list[Poll]:
    """The polls that the member has not answered."""
    answered = set(session.scalars(select(Vote.poll_id).where(Vote.member_id == member.id)))
    return [poll for poll in list_polls(member) if poll.id not in answered]


def count_votes(poll: Poll) -> list[tuple[str, int]]:
    """Each answer with how many gave it."""
    given = Counter(session.scalars(select(Vote.answer).where(Vote.poll_id == poll.id)))
    return [(answer, given[place]) for place, answer in enumerate(poll.answers)]


def list_documents(since):
    """Polls for the search index."""
    query = select(Poll) if since is None else select(Poll).where(Poll.changed_at >= since)
    for poll in session.scalars(query):
        yield SearchDocument(
            type="umfragen.poll",
            id=str(poll.id),
            title=poll.question,
            body=" · ".join(poll.answers),
            url=f"/umfragen/{poll.id}",
            readers=frozenset(poll.audience),
            changed_at=poll.changed_at,
        )


def find_readable(member: Actor, keys: list[tuple[str, str]]) -> set[tuple[str, str]]:
    """Which of these documents the member may read."""
    numbers = [int(number) for _, number in keys]
    query = select(Poll.id).where(Poll.id.in_(numbers), visible_to(Poll.audience, member))
    return {("umfragen.poll", str(number)) for number in session.scalars(query)}


def collect(member_id: int) -> dict[str, object]:
    """A member's votes, for the file with all that the portal knows of them."""
    query = select(Poll.question, Poll.answers, Vote.answer).join(Vote, Vote.poll_id == Poll.id)
    rows = session.execute(query.where(Vote.member_id == member_id))
    return {"votes": [{"question": row.question, "answer": row.answers[row.answer]} for row in rows]}


def forget(member_id: int) -> int:
    """Delete a member's votes; gives how many."""
    return session.execute(delete(Vote).where(Vote.member_id == member_id)).rowcount
