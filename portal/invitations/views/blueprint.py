"""The one blueprint of getting in."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("invitations", __name__)
