"""The application, step by step."""

from __future__ import annotations

from typing import Any

from flask import Flask
from flask_compress import Compress
from jinja2 import StrictUndefined
from werkzeug.middleware.proxy_fix import ProxyFix

from portal import rooms
from portal.config import Settings, load_settings
from portal.database.engine import engine_options, guard_session, prepare_engine
from portal.extensions import csrf, db, limiter, mail
from portal.files.store import is_storage_ready
from portal.jobs.queue import make_queue
from portal.jobs.registry import JobRegistry
from portal.jobs.running import JobRunner
from portal.login.loader import configure_login
from portal.mail.backends import mail_config
from portal.paths import PACKAGE
from portal.plugin_host.gate import PortalFlask
from portal.plugin_host.host import EXTENSION, PluginHost
from portal.plugin_host.mounting import mount_plugins
from portal.plugin_host.navigation import configure_navigation
from portal.plugin_host.templates import configure_templates
from portal.plugin_host.translations import PortalBabel
from portal.retention.registry import add_rules
from portal.web import access, assets, locale
from portal.web.api import configure_api
from portal.web.counters import PROCESS
from portal.web.errors import configure_errors
from portal.web.formats import configure_formats
from portal.web.headers import configure_headers
from portal.web.health import READINESS
from portal.web.logs import configure_logs
from portal.web.requests import configure_requests, rate_key

SETTINGS = "PORTAL_SETTINGS"
FORM_MEMORY_BYTES = 2_000_000


def create_app(settings: Settings | None = None, *, immediate_jobs: bool = False) -> Flask:
    """The portal for these settings (read from the environment when not given)."""
    settings = settings or load_settings()
    configure_logs(settings.log_level)
    app = PortalFlask("portal", root_path=str(PACKAGE))
    app.config.from_mapping(_flask_config(settings))
    if settings.trusted_proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, *(settings.trusted_proxies,) * 3)  # type: ignore[method-assign]
    _configure_database(app)
    _configure_requests(app)
    _configure_templates(app, settings)
    host = _configure_plugins(app, settings)
    configure_api(app, settings.name)
    rooms.register_blueprints(app)
    add_rules(app, rooms.list_retention_rules())
    app.extensions[READINESS] = {"storage": is_storage_ready}
    jobs = JobRegistry()
    mount_plugins(app, host, jobs)
    configure_templates(app)
    JobRunner(app, make_queue(settings, immediate_jobs), jobs, host.follows_and_owns)
    access.check_routes(app)
    return app


def _flask_config(settings: Settings) -> dict[str, Any]:
    prefix = "__Host-" if settings.is_https else ""
    return {
        SETTINGS: settings,
        "SECRET_KEY": settings.secret_key,
        "TRUSTED_HOSTS": settings.trusted_hosts,
        "MAX_CONTENT_LENGTH": settings.max_upload_mb * 1_000_000 + FORM_MEMORY_BYTES,
        "MAX_FORM_MEMORY_SIZE": FORM_MEMORY_BYTES,
        "SESSION_COOKIE_NAME": f"{prefix}portal",
        "SESSION_COOKIE_SECURE": settings.is_https,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "PERMANENT_SESSION_LIFETIME": 30 * 86_400,
        "SESSION_REFRESH_EACH_REQUEST": False,
        "WTF_CSRF_TIME_LIMIT": 12 * 3600,
        "WTF_CSRF_SSL_STRICT": True,
        "SQLALCHEMY_DATABASE_URI": settings.database,
        "SQLALCHEMY_ENGINE_OPTIONS": engine_options(settings.database),
        "BABEL_DEFAULT_LOCALE": settings.default_locale,
        "BABEL_DEFAULT_TIMEZONE": settings.timezone,
        "RATELIMIT_STORAGE_URI": settings.redis_url or PROCESS,
        "RATE_KEY": rate_key,
        "RATE_LIMIT": access.limit_of_request,
        "RATELIMIT_IN_MEMORY_FALLBACK_ENABLED": bool(settings.redis_url),
        "COMPRESS_ALGORITHM": ["br", "gzip"],
        "COMPRESS_BR_LEVEL": 4,
        "COMPRESS_LEVEL": 5,
        **mail_config(settings),
    }


def _configure_database(app: Flask) -> None:
    db.init_app(app)
    with app.app_context():
        prepare_engine(db.engine)
    guard_session(db.session)


def _configure_requests(app: Flask) -> None:
    """The order matters: the unit of work is outermost, the door stands before the views."""
    configure_requests(app)
    configure_headers(app)
    configure_errors(app)
    configure_login(app)
    limiter.init_app(app)
    csrf.init_app(app)
    Compress(app)
    mail.init_app(app)
    app.before_request(access.guard_door)
    access.access("public", cache="immutable", rate="file")(app.view_functions["static"])


def _configure_templates(app: Flask, settings: Settings) -> None:
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    configure_formats(app)
    configure_navigation(app)
    app.jinja_env.globals.update(
        asset=assets.asset,
        icon=assets.icon,
        portal_name=settings.name,
        portal_logo_url=settings.logo_url,
        access_requests=settings.access_requests,
        sign_on_name=lambda: settings.sign_on_name,
        local_login=lambda: settings.local_login,
        imprint_url=settings.imprint_url,
        privacy_url=settings.privacy_url,
        accessibility_url=settings.accessibility_url,
    )
    app.context_processor(lambda: {"current_locale": locale.select_locale(), "current_theme": locale.select_theme()})


def _configure_plugins(app: Flask, settings: Settings) -> PluginHost:
    host = PluginHost(settings)
    app.extensions[EXTENSION] = host
    host.permissions.add(rooms.list_permissions())
    host.load()
    PortalBabel().init_app(
        app,
        default_locale=settings.default_locale,
        default_timezone=settings.timezone,
        locale_selector=locale.select_locale,
        timezone_selector=locale.select_timezone,
    )
    return host
