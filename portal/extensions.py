"""The Flask extensions, unbound. A leaf: it imports nothing of ours, so every room may import it."""

from __future__ import annotations

from flask import current_app
from flask_limiter import Limiter
from flask_login import LoginManager
from flask_mailman import Mail
from flask_sqlalchemy import SQLAlchemy
from flask_wtf import CSRFProtect

db = SQLAlchemy()
login_manager = LoginManager()
csrf = CSRFProtect()
mail = Mail()
limiter = Limiter(
    key_func=lambda: current_app.config["RATE_KEY"](),
    default_limits=[lambda: current_app.config["RATE_LIMIT"]()],
)
