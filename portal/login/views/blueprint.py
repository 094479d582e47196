"""The one blueprint of logging in and of one's own account's safety."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("login", __name__)
