"""Rows of the matrix for the search and the profiles of initiatives, as in :mod:`tests.security.expectations`."""

from __future__ import annotations

INITIATIVES = """
GET  search.search_index             -                 ++++++++
GET  search.index_show               -                 Lxxxxx+L
POST search.index_rebuild            -                 Lxxxxx>L
GET  initiatives.static              -                 ++++++++
GET  initiatives.directory           -                 ++++++++
GET  initiatives.directory_map       -                 ++++++++
GET  initiatives.api.profile_list    -                 ++++++++
GET  initiatives.api.profile_show    profile           ++++++++
GET  initiatives.api.profile_show    foreign profile   ++++++++
GET  initiatives.api.profile_show    inner profile     .++++++.
GET  initiatives.api.profile_show    draft profile     ...+.++.
GET  initiatives.profile_show        profile           ++++++++
GET  initiatives.profile_show        foreign profile   ++++++++
GET  initiatives.profile_show        inner profile     .++++++.
GET  initiatives.profile_show        draft profile     ...+.++.
GET  initiatives.profile_create      -                 L++++++L
POST initiatives.profile_create      no profile        Lbb>b>>L
"""
