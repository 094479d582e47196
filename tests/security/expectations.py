"""The role × route matrix: what each role gets from each route, for each state of the thing it is about.

A row is: method, endpoint, state, and one sign for each of :data:`tests.security.canaries.ROLES` in that order:
anonymous, member, participant, editor, other editor, editorial, admin, disabled member (with a session left over).
A route that is not here fails the test, and so does a row whose route is gone.
"""

from __future__ import annotations

from dataclasses import dataclass

from tests.security.canaries import ROLES
from tests.security.of_people import PEOPLE
from tests.security.of_plugins import INITIATIVES

# What a sign means: a page, a redirect within the portal, the way to log in, and the refusals.
SIGNS = {
    "+": "200",
    ">": "redirect",
    "L": "login",
    ".": "404",
    "x": "403",
    "w": "401",
    "b": "400",
    "u": "422",
    "4": "409",
    "s": "503",
}
ALLOWED = frozenset({"200", "redirect"})

ROWS = """
GET  dashboard.dashboard_show        -                 ++++++++
GET  health.healthz                  -                 ++++++++
GET  health.readyz                   -                 ssssssss
GET  static                          -                 ++++++++
GET  api.description_show            -                 ++++++++
GET  api.documentation_show          -                 ++++++++
POST web.locale_set                  -                 >>>>>>>>
POST web.theme_set                   -                 >>>>>>>>

GET  login.login_form                -                 +>>>>>>+
POST login.login_submit              active            >>>>>>>>
POST login.login_submit              disabled          wwwwwwww
POST login.logout                    -                 >>>>>>>>
GET  login.reset_request             -                 ++++++++
POST login.reset_send                -                 ++++++++
GET  login.reset_show                active            ++++++++
GET  login.reset_show                disabled          ........
POST login.reset_redeem              active            >>>>>>>>
POST login.reset_redeem              disabled          ........
GET  login.address_edit              -                 L++++++L
POST login.address_update            -                 L>>>>>>L
GET  login.address_confirm           active            ++++++++
POST login.address_confirmed         active            >>>>>>>>
GET  login.address_undo              undo              ++++++++
POST login.address_undone            undo              ++++++++
GET  login.factor_form               -                 LLLLLLLL
POST login.factor_submit             -                 LLLLLLLL
POST login.passkey_ask               -                 ++++++++
POST login.passkey_enter             -                 wwwwwwww
POST sign_on.sign_on_begin           -                 ........
GET  sign_on.sign_on_return          -                 ........
GET  sign_on.sign_on_refused         -                 ........
GET  sign_on.sign_on_left            -                 ........
POST sign_on.sign_on_link            -                 L......L
POST sign_on.sign_on_confirm         -                 L......L
POST sign_on.sign_on_remove          foreign sign-on   L......L
GET  login.confirm_form              -                 L++++++L
POST login.confirm_submit            -                 L>>>>>>L
POST login.confirm_resent            -                 LxxxxxxL
POST login.confirm_ask               -                 L++++++L
GET  login.factor_required           -                 L>>>>>>L
GET  login.factor_edit               -                 L++++++L
POST login.factor_begin              -                 L>>>>>>L
POST login.factor_confirm            -                 LuuuuuuL
POST login.factor_remove             -                 L>>>>>>L
POST login.recovery_renew            -                 L>>>>>>L
GET  login.passkey_list              -                 L++++++L
POST login.passkey_begin             -                 L++++++L
POST login.passkey_create            -                 LuuuuuuL
POST login.passkey_rename            foreign passkey   L......L
POST login.passkey_remove            foreign passkey   L......L
GET  login.security_edit             -                 L++++++L
POST login.security_update           -                 L>>>>>>L
GET  login.session_list              -                 L++++++L
POST login.session_end               own session       L>>>>>>L
POST login.session_end               foreign session   L......L
POST login.session_end_others        -                 L>>>>>>L

GET  notices.notice_list             -                 L++++++L
POST notices.notice_open             foreign notice    L......L
POST notices.notice_read             foreign notice    L......L
POST notices.notice_read_all         -                 L>>>>>>L
GET  notices.settings_edit           -                 L++++++L
POST notices.settings_update         -                 L>>>>>>L
GET  notices.unsubscribe_show        active            ++++++++
POST notices.unsubscribe             active            ++++++++

GET  invitations.invitation_show     active            ++++++++
GET  invitations.invitation_show     disabled          ........
POST invitations.invitation_redeem   active            >>>>>>>>
POST invitations.invitation_redeem   disabled          ........
POST invitations.invitation_join     active            LxxxxxxL
POST invitations.invitation_join     joining           L>xxxxxL
GET  invitations.invitation_list     -                 Lxxxx++L
GET  invitations.invitation_new      -                 Lxxxx++L
POST invitations.invitation_create   -                 Lxxxx>>L
POST invitations.invitation_resend   joining           L..>.>>L
POST invitations.invitation_resend_many joining       L++++++L
POST invitations.invitation_withdraw joining           L..>.>>L
GET  invitations.colleague_list      profile           Lxx+x++L
POST invitations.colleague_invite    profile           Lxx>x>>L
GET  invitations.import_new          -                 Lxxxx++L
POST invitations.import_check        -                 Lxxxx++L
POST invitations.import_confirmed    -                 Lxxxx>>L
GET  invitations.import_template     -                 Lxxxx++L
GET  invitations.request_new         -                 ++++++++
POST invitations.request_create      -                 ++++++++
GET  invitations.request_confirm     active            ++++++++
POST invitations.request_confirmed   active            >>>>>>>>
GET  invitations.merge_choose        invited           Lxxxxx+L
POST invitations.merge_preview       invited           Lxxxxx+L
POST invitations.merge_confirmed     invited           Lxxxxx>L
GET  invitations.request_list        -                 Lxxxx++L
GET  invitations.request_show        waiting           Lxxxx++L
POST invitations.request_approve     waiting           Lxxxx>>L
POST invitations.request_refuse      waiting           Lxxxx>>L

GET  organisations.organisation_show profile           ++++++++
GET  organisations.organisation_show draft profile     ++++++++

GET  organisations.member_list       team              Lxx+x++L
POST organisations.member_role       team              Lxx>x>>L
POST organisations.member_remove     team              Lxx>x>>L
POST organisations.member_hand_over  team              Lxxux>>L

GET  files.file_show                 published         ++++++++
GET  files.file_show                 member file       .++++++.
GET  files.file_show                 participants file ..+..++.
GET  files.file_show                 inner             ..+..++.
GET  files.file_show                 draft             .....++.
GET  files.thumbnail_show            published         ++++++++
GET  files.thumbnail_show            inner             ..+..++.
GET  files.thumbnail_show            draft             .....++.

GET  admin.admin_index               -                 Lxxxx++L
GET  activity.activity_list          -                 L++++++L
GET  admin.audit_list                -                 Lxxxxx+L
POST admin.audit_export              -                 Lxxxxx+L
GET  admin.system_show               -                 Lxxxxx+L
GET  admin.member_list               -                 Lxxxx++L
POST admin.member_bulk               -                 Lxxxx++L
POST admin.member_bulk_apply         -                 Lxxxx>>L
GET  admin.member_sessions           active            Lxxxxx+L
GET  admin.member_sessions           disabled          Lxxxxx+L
POST admin.member_sessions_end       active            Lxxxxx>L
POST admin.member_sessions_end       disabled          Lxxxxx>L
GET  admin.member_new                -                 Lxxxx++L
POST admin.member_create             -                 Lxxxx>>L
GET  admin.member_edit               active            Lxxxx++L
GET  admin.member_edit               disabled          Lxxxx++L
POST admin.member_update             active            Lxxxx>>L
POST admin.member_update             disabled          Lxxxx>>L
POST admin.member_disable            active            Lxxxxx>L
POST admin.member_disable            disabled          Lxxxxx>L
POST admin.member_enable             active            Lxxxxx>L
POST admin.member_enable             disabled          Lxxxxx>L
POST admin.member_invite             invited           Lxxxx>>L
POST admin.member_invite             disabled          Lxxxx>>L
POST admin.member_roles_update       active            Lxxxxx>L
POST admin.member_roles_update       disabled          Lxxxxx>L
POST admin.membership_set            active            Lxxxx>>L
POST admin.membership_set            disabled          Lxxxx>>L
POST admin.membership_delete         active            Lxxxx>>L
POST admin.membership_delete         disabled          Lxxxx>>L
GET  admin.organisation_list         -                 Lxxxx++L
GET  admin.organisation_new          -                 Lxxxx++L
POST admin.organisation_create       -                 Lxxxx>>L
GET  admin.organisation_edit         profile           Lxxxx++L
POST admin.organisation_update       profile           Lxxxx>>L
POST admin.organisation_archive      profile           Lxxxx>>L
POST admin.organisation_restore      profile           Lxxxx>>L
GET  admin.organisation_merge        profile           Lxxxx++L
POST admin.organisation_merge_preview profile          Lxxxx++L
POST admin.organisation_merge_confirmed profile        Lxxxx44L
GET  admin.plugin_list               -                 Lxxxxx+L
GET  admin.plugin_show               -                 Lxxxxx+L
GET  admin.plugin_disable            -                 Lxxxxx+L
POST admin.plugin_disable_confirmed  -                 Lxxxxx>L
GET  admin.plugin_enable             -                 Lxxxxx+L
POST admin.plugin_enable_confirmed   -                 Lxxxxx>L
POST admin.plugin_upgrade            -                 Lxxxxx>L
POST admin.plugin_retry              -                 Lxxxxx>L
GET  admin.plugin_settings           -                 Lxxxxx+L
POST admin.plugin_settings_update    -                 Lxxxxx>L
GET  admin.plugin_purge              -                 Lxxxxx+L
POST admin.plugin_purge_confirmed    -                 Lxxxxx>L
POST admin.plugin_export             -                 Lxxxxx+L
GET  admin.role_list                 -                 Lxxxxx+L
GET  admin.role_edit                 -                 Lxxxxx+L
POST admin.role_update               -                 Lxxxxx>L
POST admin.role_create               -                 Lxxxxx>L
POST admin.role_rename               -                 Lxxxxx>L
POST admin.role_delete               -                 Lxxxxx>L
GET  admin.role_why                  -                 Lxxxxx+L

GET  events.static                   -                 ++++++++
GET  events.event_list               -                 ++++++++
GET  events.event_show               published         ++++++++
GET  events.event_show               inner             ..+..++.
GET  events.event_show               draft             .....++.
GET  events.photo_list               published         ++++++++
GET  events.photo_list               inner             ..+..++.
GET  events.photo_list               draft             .....++.
GET  events.pitch_show               published         ++++++++
GET  events.pitch_show               inner             ..+..++.
GET  events.pitch_show               draft             .....++.
GET  events.participant_list         published         L.+..++L
GET  events.participant_list         inner             L.+..++L
GET  events.participant_list         draft             L....++L
GET  events.event_create             -                 Lxxxx++L
POST events.event_create             -                 Lxxxx>>L
"""
# Every page of the editorial office behaves alike, whatever the state of the event.
OFFICE_PAGES = (
    *("event_edit", "event_preview", "file_edit", "file_list", "participation_edit", "participation_list"),
    *("pitch_create", "pitch_edit", "result_create"),
    *("result_edit", "section_create", "section_edit", "section_list", "version_compare", "version_list"),
)
OFFICE_CHANGES = (
    *("event_delete", "event_edit", "event_publish", "event_withdraw", "file_cover", "file_delete", "file_edit"),
    *("participation_add", "participation_delete", "participation_edit", "participation_list"),
    *("file_upload", "pitch_create", "pitch_delete", "pitch_edit", "result_create", "result_delete", "result_edit"),
    *("section_create", "section_delete", "section_edit", "section_file_upload", "section_order", "version_restore"),
)

PROFILE_PAGES = ("profile_edit", "revision_compare", "revision_list", "revision_show")
PROFILE_CHANGES = ("profile_confirm", "profile_edit", "profile_publish", "profile_unpublish", "revision_restore")


@dataclass(frozen=True)
class Row:
    """What each role gets from one route in one state."""

    method: str
    endpoint: str
    state: str
    signs: str

    @property
    def outcomes(self) -> dict[str, str]:
        """The outcome by role."""
        return {role: SIGNS[sign] for role, sign in zip(ROLES, self.signs, strict=True)}

    def __str__(self) -> str:
        return f"{self.method} {self.endpoint} {self.state}"


def _read(text: str) -> list[Row]:
    lines = [line.split() for line in text.strip().splitlines() if line]
    return [Row(words[0], words[1], " ".join(words[2:-1]), words[-1]) for words in lines]


def _events() -> list[Row]:
    states = ("published", "inner", "draft")
    pages = [Row("GET", f"events.{name}", state, "Lxxxx++L") for name in OFFICE_PAGES for state in states]
    return pages + [Row("POST", f"events.{name}", state, "Lxxxx>>L") for name in OFFICE_CHANGES for state in states]


def _profiles() -> list[Row]:
    """Who reads a page learns that they may not edit it; who must not know of it finds nothing."""
    states = {"profile": "Lxx{}x{}{}L", "foreign profile": "Lxxxx{1}{2}L", "draft profile": "L..{}.{}{}L"}
    return [
        Row(method, f"initiatives.{name}", state, signs.format(*sign * 3))
        for names, method, sign in ((PROFILE_PAGES, "GET", "+"), (PROFILE_CHANGES, "POST", ">"))
        for name in names
        for state, signs in states.items()
    ]


ALL_ROWS = [*_read(ROWS), *_read(PEOPLE), *_events(), *_read(INITIATIVES), *_profiles()]
