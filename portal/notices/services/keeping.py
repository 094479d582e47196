"""With whom notices go."""

from __future__ import annotations

from sqlalchemy import delete, func, select, update

from portal.extensions import db
from portal.members.signals import member_disabled, members_merged
from portal.notices.models import Notice, NoticeChoice
from portal.permissions.actor import Actor, require


def forget_about(member_id: int) -> None:
    """Take back all notices that bear somebody's name: they are being erased."""
    db.session.execute(delete(Notice).where(Notice.about == member_id))


def count_notices_of_plugin(plugin_id: str) -> int:
    """How many notices there are of a plugin's kinds."""
    rows = select(func.count()).select_from(Notice).where(Notice.kind.startswith(f"{plugin_id}."))
    return db.session.scalar(rows) or 0


def delete_notices_of_plugin(member: Actor, plugin_id: str) -> int:
    """Delete a plugin's notices and what was chosen of them; gives how many notices. Raises Forbidden."""
    require(member, "plugins.manage")
    count = count_notices_of_plugin(plugin_id)
    for model in (Notice, NoticeChoice):
        db.session.execute(delete(model).where(model.kind.startswith(f"{plugin_id}.")))
    return count


@member_disabled.connect
def keep_quiet(sender: object, member_id: int) -> None:
    """Mail nothing that waited for a member who was disabled, also not when they come back."""
    db.session.execute(update(Notice).where(Notice.member_id == member_id, Notice.waits != "").values(waits=""))


@members_merged.connect
def forget_merged(sender: object, member: Actor, kept_id: int, gone_id: int) -> None:
    """Take back notices about an entry that is no more; who goes has no account, so nobody told them anything."""
    forget_about(gone_id)
