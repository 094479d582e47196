"""Audit entries as sentences."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.admin.subjects import subject_in_words
from portal.audit.models import AuditEntry
from portal.permissions.actor import COMMAND_LINE
from portal.plugin_host.navigation import the_host
from portal.plugin_host.translations import title_of as title_of_plugin

# action: title for the filter, sentence; %(actor)s did it, %(name)s is whom or what it was done to
ACTIONS: dict[str, tuple[Any, Any]] = {
    "login.succeeded": (_l("Logged in"), _l("%(actor)s logged in.")),
    "login.failed": (_l("Log-in failed"), _l("A log-in failed.")),
    "login.factor_failed": (
        _l("Second step failed"),
        _l("A wrong code was typed after the right password of %(name)s."),
    ),
    "session.confirmed": (_l("Proved again"), _l("%(actor)s proved again who they are.")),
    "session.proof_failed": (
        _l("Proof failed"),
        _l("A wrong password, code or passkey was given where %(actor)s was logged in."),
    ),
    "factor.added": (_l("Second factor set up"), _l("%(actor)s set up an authenticator app.")),
    "factor.removed": (_l("Second factor removed"), _l("%(actor)s removed their authenticator app.")),
    "factor.all_removed": (_l("All second factors removed"), _l("%(actor)s removed every second factor of %(name)s.")),
    "recovery.renewed": (_l("New recovery codes"), _l("%(actor)s made new recovery codes.")),
    "recovery.used": (_l("Recovery code used"), _l("%(actor)s used a recovery code.")),
    "passkey.added": (_l("Passkey added"), _l("%(actor)s added a passkey.")),
    "passkey.removed": (_l("Passkey removed"), _l("%(actor)s removed a passkey.")),
    "sign_on.linked": (_l("Sign-on linked"), _l("An account of the single sign-on was linked to that of %(name)s.")),
    "sign_on.unlinked": (_l("Sign-on unlinked"), _l("%(actor)s unlinked a sign-on from the account of %(name)s.")),
    "sign_on.refused": (_l("Sign-on refused"), _l("Somebody came from the single sign-on and was not let in.")),
    "session.ended": (_l("Logged out"), _l("%(actor)s logged out or ended a device's log-in.")),
    "session.others_ended": (_l("Other devices logged out"), _l("%(actor)s logged out all other devices.")),
    "password.changed": (_l("Password changed"), _l("%(actor)s changed their password.")),
    "reset.requested": (_l("New password asked for"), _l("A link for a new password went to %(name)s.")),
    "reset.redeemed": (_l("New password chosen"), _l("%(actor)s chose a new password by a link.")),
    "address.requested": (_l("New address asked for"), _l("%(actor)s asked for a link to a new address.")),
    "address.changed": (_l("Address changed"), _l("%(actor)s changed their address.")),
    "address.undone": (_l("Change of address undone"), _l("The change of address of %(name)s was undone.")),
    "invitation.withdrawn": (_l("Invitation withdrawn"), _l("%(actor)s withdrew the invitation of %(name)s.")),
    "access.requested": (_l("Access asked for"), _l("%(name)s asked for access.")),
    "access.approved": (_l("Access granted"), _l("%(actor)s granted access to %(name)s.")),
    "access.refused": (_l("Access refused"), _l("%(actor)s refused access to %(name)s.")),
    "invitation.redeemed": (_l("Invitation accepted"), _l("%(actor)s accepted the invitation.")),
    "member.created": (_l("Person created"), _l("%(actor)s created %(name)s.")),
    "member.updated": (_l("Person changed"), _l("%(actor)s changed the details of %(name)s.")),
    "member.invited": (_l("Person invited"), _l("%(actor)s invited %(name)s.")),
    "member.disabled": (_l("Member disabled"), _l("%(actor)s disabled %(name)s.")),
    "member.logged_out": (_l("Member logged out"), _l("%(actor)s ended log-ins of %(name)s.")),
    "member.enabled": (_l("Member enabled again"), _l("%(actor)s enabled %(name)s again.")),
    "member.data_requested": (_l("Own data asked for"), _l("%(actor)s asked for their own data.")),
    "member.erasure_requested": (_l("Erasure asked for"), _l("%(actor)s asked for their account to be erased.")),
    "member.erasure_cancelled": (_l("Erasure cancelled"), _l("%(actor)s stays after all.")),
    "member.erased": (_l("Member erased"), _l("%(actor)s erased the account of %(name)s.")),
    "member.merged": (_l("People merged"), _l("%(actor)s merged a duplicate of %(name)s into their entry.")),
    "notices.chosen": (_l("Notices chosen"), _l("%(actor)s chose what they are told of.")),
    "notices.ended": (_l("Mails ended"), _l("%(actor)s ended notices by mail.")),
    "member.roles_changed": (_l("Roles changed"), _l("%(actor)s changed the roles of %(name)s.")),
    "membership.set": (
        _l("Membership set"),
        _l("%(actor)s put %(name)s into the organisation %(organisation)s."),
    ),
    "membership.deleted": (
        _l("Membership ended"),
        _l("%(actor)s took %(name)s out of the organisation %(organisation)s."),
    ),
    "organisation.created": (_l("Organisation created"), _l("%(actor)s created the organisation %(name)s.")),
    "organisation.updated": (_l("Organisation changed"), _l("%(actor)s changed the organisation %(name)s.")),
    "organisation.archived": (_l("Organisation archived"), _l("%(actor)s archived the organisation %(name)s.")),
    "organisation.restored": (_l("Organisation restored"), _l("%(actor)s restored the organisation %(name)s.")),
    "organisation.merged": (
        _l("Organisations merged"),
        _l("%(actor)s merged another organisation into %(name)s."),
    ),
    "organisation.taken_over": (
        _l("Office takes over"),
        _l("%(name)s has no editor any more: the office takes over."),
    ),
    "legal.updated": (_l("Draft of a legal text saved"), _l("%(actor)s saved the draft of a legal text.")),
    "legal.published": (_l("Legal text published"), _l("%(actor)s published a new version of a legal text.")),
    "legal.agreed": (_l("Legal text agreed to"), _l("%(actor)s agreed to a legal text.")),
    "audit.cut": (_l("Audit log cut"), _l("The portal removed lines of the audit log whose time was over.")),
    "audit.exported": (_l("Audit log exported"), _l("%(actor)s exported the audit log.")),
    "role.created": (_l("Role created"), _l("%(actor)s created the role %(name)s.")),
    "role.renamed": (_l("Role renamed"), _l("%(actor)s renamed the role %(name)s.")),
    "role.deleted": (_l("Role deleted"), _l("%(actor)s deleted the role %(name)s.")),
    "role.grants_changed": (_l("Role changed"), _l("%(actor)s changed what the role %(name)s may do.")),
    "attachment.created": (_l("File uploaded"), _l("%(actor)s uploaded the file “%(name)s”.")),
    "attachment.deleted": (_l("File deleted"), _l("%(actor)s deleted the file “%(name)s”.")),
    "attachment.audience_changed": (
        _l("Readers of a file changed"),
        _l("%(actor)s changed who may see the file “%(name)s”."),
    ),
    "plugin.enabled": (_l("Plugin switched on"), _l("%(actor)s switched the plugin %(id)s on.")),
    "plugin.disabled": (_l("Plugin switched off"), _l("%(actor)s switched the plugin %(id)s off.")),
    "plugin.installed": (_l("Plugin installed"), _l("%(actor)s installed the plugin %(id)s.")),
    "plugin.purged": (_l("Plugin's data deleted"), _l("%(actor)s deleted all data of the plugin %(id)s.")),
    "plugin.exported": (_l("Plugin's data taken out"), _l("%(actor)s took out all data of the plugin %(id)s.")),
    "plugin.settings_changed": (
        _l("Settings of a plugin changed"),
        _l("%(actor)s changed settings of the plugin %(id)s."),
    ),
    "plugin.upgraded": (_l("Plugin upgraded"), _l("%(actor)s upgraded the plugin %(id)s.")),
}


# The last word of an action that stands for itself: title for the filter, sentence
VERBS: dict[str, tuple[Any, Any]] = {
    "added": (_l("added"), _l("%(actor)s added “%(name)s”.")),
    "created": (_l("created"), _l("%(actor)s created “%(name)s”.")),
    "deleted": (_l("deleted"), _l("%(actor)s deleted “%(name)s”.")),
    "draft": (_l("made a draft again"), _l("%(actor)s made “%(name)s” a draft again.")),
    "published": (_l("published"), _l("%(actor)s published “%(name)s”.")),
    "removed": (_l("removed"), _l("%(actor)s removed “%(name)s”.")),
    "updated": (_l("changed"), _l("%(actor)s changed “%(name)s”.")),
}


def title_of(action: str) -> str:
    """An action in a few words; that of a plugin after the plugin's title."""
    if action in ACTIONS:
        return str(ACTIONS[action][0])
    owner, _dot, _rest = action.partition(".")
    known = VERBS.get(_last_word(action))
    title = title_of_plugin(the_host(), owner) if owner in the_host().plugins else _("Former plugin")
    return f"{title}: {known[0] if known else _('something else')}"


def sentence(entry: AuditEntry) -> str:
    """What happened, as one sentence in the reader's language."""
    values = {
        "actor": actor_in_words(entry),
        "name": entry.details.get("name") or entry.details.get("title") or subject_in_words(entry.subject_type),
        "organisation": entry.details.get("organisation", ""),
        "id": _subject(entry),
    }
    template = find_template(entry.action)
    if template is None:
        return _("%(actor)s did something in a part of the portal that is not installed any more.", **values)
    return str(template) % values


def actor_in_words(entry: AuditEntry) -> str:
    """Who acted: a member, somebody at the command line, the portal itself, or who is no longer known."""
    if entry.actor_id is not None:
        return entry.actor_name or _("A former member")
    if entry.actor_name == COMMAND_LINE and entry.actor_number is None:
        return _("The command line")
    return entry.actor_name or _("The portal")


def _subject(entry: AuditEntry) -> str:
    return title_of_plugin(the_host(), entry.subject_id) if entry.subject_type == "plugin" else entry.subject_id


def find_template(action: str) -> Any:
    """The sentence for an action: its own, else that of its last word; None for what is unknown here."""
    if action in ACTIONS:
        return ACTIONS[action][1]
    known = VERBS.get(_last_word(action))
    return known and known[1]


def _last_word(action: str) -> str:
    return action.replace("_", ".").rsplit(".", 1)[-1]
