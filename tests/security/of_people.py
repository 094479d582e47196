"""The part of the role × route matrix about people: profiles, one's own data, the texts they agree to."""

from __future__ import annotations

PEOPLE = """
GET  legal.privacy_show              -                 ++++++++
GET  legal.terms_show                -                 ++++++++
GET  legal.privacy_version           -                 ........
GET  legal.terms_version             -                 ........
GET  legal.agreement_form            -                 L>>>>>>L
POST legal.agreement_give            -                 L>>>>>>L
POST legal.agreement_later           -                 L>>>>>>L
GET  legal.text_list                 -                 Lxxxx++L
GET  legal.draft_edit                -                 Lxxxx++L
POST legal.draft_update              -                 Lxxxx>>L
POST legal.draft_publish             -                 Lxxxx..L
GET  members.me_edit                 -                 L++++++L
POST members.me_update               -                 L>>>>>>L
GET  privacy.data_show               -                 L++++++L
POST privacy.export_request          -                 L>>>>>>L
GET  privacy.export_show             -                 L......L
POST privacy.erasure_request         -                 LuuuuuuL
POST privacy.erasure_cancel          -                 L......L
GET  members.member_list             -                 L++++++L
GET  members.member_show             active            L++++++L
GET  members.member_show             disabled          L....++L
GET  members.member_card             active            L++++++L
GET  members.member_card             disabled          L....++L
GET  members.photo_show              active            L......L
GET  members.photo_edit              -                 L++++++L
GET  members.photo_whole             -                 L......L
POST members.photo_crop              -                 L......L
POST members.photo_update            -                 LuuuuuuL
POST members.photo_delete            -                 L>>>>>>L
"""
