"""The core's rooms, listed once: their blueprints, permissions, rules of keeping and places in the menus."""

from __future__ import annotations

from flask import Flask

import portal.admin.services.sealing  # declares jobs
import portal.audit.models
import portal.files.models
import portal.invitations.services.following  # listens
import portal.jobs.models
import portal.legal.models
import portal.mail.models
import portal.notices.models
import portal.notices.services.following
import portal.notices.services.keeping
import portal.notices.services.sending
import portal.organisations.services.successors  # listens
import portal.plugin_host.models
import portal.plugin_host.sweeping  # declares jobs
import portal.privacy.models
import portal.retention.models
import portal.retention.services.keeping  # declares jobs
import portal.revisions.models
import portal.topics.models
from portal.admin import menu as admin_menu
from portal.admin.permissions import PERMISSIONS as ADMIN_PERMISSIONS
from portal.admin.retention import RULES as ADMIN_RULES
from portal.admin.views import blueprint as admin
from portal.admin.views.activity import blueprint as activity
from portal.api.views import blueprint as api
from portal.dashboard.views import blueprint as dashboard
from portal.files import remaining as files_remaining
from portal.files.views import blueprint as files
from portal.invitations import menu as invitations_menu
from portal.invitations.notices import KINDS as INVITATION_NOTICES
from portal.invitations.retention import RULES as INVITATION_RULES
from portal.invitations.views import blueprint as invitations
from portal.legal import menu as legal_menu
from portal.legal.permissions import PERMISSIONS as LEGAL_PERMISSIONS
from portal.legal.views import blueprint as legal
from portal.login.retention import RULES as LOGIN_RULES
from portal.login.views import blueprint as login
from portal.mail.retention import RULES as MAIL_RULES
from portal.members import menu as members_menu
from portal.members.permissions import PERMISSIONS as MEMBER_PERMISSIONS
from portal.members.views import blueprint as members
from portal.notices import remaining as notices_remaining
from portal.notices.kinds import KINDS as CORE_KINDS
from portal.notices.retention import RULES as NOTICE_RULES
from portal.notices.views import blueprint as notices
from portal.organisations.permissions import PERMISSIONS as ORGANISATION_PERMISSIONS
from portal.organisations.views import blueprint as organisations
from portal.permissions.registry import Permission
from portal.plugin_host.asking import CORE_NOTICES
from portal.plugin_host.navigation import CORE_ADMIN_MENU, CORE_MENU
from portal.plugin_host.remains import REMAINS
from portal.privacy.retention import RULES as PRIVACY_RULES
from portal.privacy.views import blueprint as privacy
from portal.retention.registry import Rule
from portal.revisions import remaining as revisions_remaining
from portal.sign_on.views import blueprint as sign_on
from portal.web.health import blueprint as health
from portal.web.locale import blueprint as web

# Named here so that the schema is whole wherever the application is.
MODELS = (
    portal.audit.models,
    portal.files.models,
    portal.jobs.models,
    portal.legal.models,
    portal.mail.models,
    portal.notices.models,
    portal.plugin_host.models,
    portal.privacy.models,
    portal.retention.models,
    portal.revisions.models,
    portal.topics.models,
)
CORE_MENU[:] = members_menu.ENTRIES
CORE_ADMIN_MENU[:] = [*admin_menu.ENTRIES, *invitations_menu.ENTRIES, *legal_menu.ENTRIES]
CORE_NOTICES[:] = [*CORE_KINDS, *INVITATION_NOTICES]
REMAINS[:] = [*files_remaining.REMAINS, *notices_remaining.REMAINS, *revisions_remaining.REMAINS]
BLUEPRINTS = (
    *(web, health, dashboard, login, sign_on, members, organisations, files, api),
    *(notices, invitations, activity, legal, privacy, admin),
)


def register_blueprints(app: Flask) -> None:
    """Register every blueprint of the core."""
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)


def list_permissions() -> list[Permission]:
    """The permissions that the core declares."""
    return [*MEMBER_PERMISSIONS, *ORGANISATION_PERMISSIONS, *LEGAL_PERMISSIONS, *ADMIN_PERMISSIONS]


def list_retention_rules() -> list[Rule]:
    """What the core keeps how long."""
    return [*LOGIN_RULES, *MAIL_RULES, *INVITATION_RULES, *NOTICE_RULES, *PRIVACY_RULES, *ADMIN_RULES]
