"""Typed settings. This is the one place that reads the environment (docs: the contract of names)."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from importlib.metadata import entry_points
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from dotenv import dotenv_values
from pydantic import Field, PrivateAttr, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

PREFIX = "PORTAL_"
PLUGIN_GROUP = "portal.plugins"  # the group of entry points by which plugins are found
LOOPBACK = ("localhost", "127.0.0.1", "[::1]")


class SettingsError(Exception):
    """The settings can't be used; the text names each wrong one."""


class Settings(BaseSettings):
    """Everything an operator may set, from ``PORTAL_*`` variables or ``portal.env`` in the data folder."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, extra="ignore")

    secret_key: str = Field(default="", repr=False)
    base_url: str = "http://127.0.0.1:8000"
    data_dir: Path = Path("instance")
    database_url: str = Field(default="", repr=False)
    redis_url: str = Field(default="", repr=False)
    storage_url: str = Field(default="", repr=False)
    search_backend: Literal["auto", "whoosh"] = "auto"
    mail_url: str = Field(default="", repr=False)
    mail_from: str = "portal@portal.example"
    mail_colour: str = Field(default="#0b5c66", pattern=r"^#[0-9a-fA-F]{6}$")
    plugins: str = "all"
    plugins_strict: bool = False
    trace_plugins: bool = False
    trusted_proxies: int = Field(default=0, ge=0, le=5)
    default_locale: Literal["de", "en"] = "de"
    timezone: str = "Europe/Berlin"
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    name: str = "Netzwerkportal"
    logo_url: str = ""
    imprint_url: str = ""
    privacy_url: str = ""
    accessibility_url: str = ""
    require_second_factor: str = "admin"
    oidc_issuer: str = ""
    oidc_client_id: str = Field(default="", validate_default=True)
    oidc_client_secret: str = Field(default="", repr=False)
    oidc_name: str = ""
    oidc_scopes: str = "openid email profile"
    oidc_groups_claim: str = "groups"
    oidc_roles: str = ""
    oidc_factors: str = ""
    local_login: bool = True
    break_glass: str = Field(default="", validate_default=True)
    web_workers: int = Field(default=2, ge=1, le=64)
    web_threads: int = Field(default=4, ge=1, le=64)
    access_requests: bool = True
    erasure_days: int = Field(default=14, ge=8, le=90)  # longer than a change of address can be undone
    keep_session_days: int = Field(default=0, ge=0, le=30)
    keep_link_days: int = Field(default=1, ge=1, le=30)
    keep_try_days: int = Field(default=1, ge=1, le=30)
    keep_mail_days: int = Field(default=30, ge=1, le=365)
    keep_export_days: int = Field(default=7, ge=1, le=30)
    keep_invitation_days: int = Field(default=90, ge=7, le=365)
    keep_request_days: int = Field(default=90, ge=7, le=365)
    keep_notice_days: int = Field(default=180, ge=14, le=730)
    keep_network_days: int = Field(default=90, ge=7, le=365)
    keep_audit_days: int = Field(default=1095, ge=90, le=3650)
    max_upload_mb: int = Field(default=64, ge=1, le=2048)

    _plugin_values: dict[str, str] = PrivateAttr(default_factory=dict)

    @field_validator("base_url")
    @classmethod
    def _is_web_address(cls, value: str) -> str:
        parts = urlsplit(value)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError("must be an http(s) address such as https://portal.example")
        return value.rstrip("/")

    @field_validator("search_backend", mode="before")
    @classmethod
    def _is_engine(cls, value: object) -> object:
        if value not in ("auto", "whoosh"):
            raise ValueError(f"must be auto or whoosh; this version has no search engine called {value!r}")
        return value

    @field_validator("oidc_issuer")
    @classmethod
    def _is_issuer(cls, value: str) -> str:
        if value and not is_protected(value):
            raise ValueError("must be an https address; http only on this machine (localhost)")
        if value and ("?" in value or "#" in value):
            raise ValueError("must be an address without query and fragment")
        return value

    @field_validator("oidc_client_id")
    @classmethod
    def _fits_issuer(cls, value: str, info: ValidationInfo) -> str:
        if bool(value) != bool(info.data.get("oidc_issuer", value)):
            raise ValueError("PORTAL_OIDC_ISSUER and PORTAL_OIDC_CLIENT_ID are set together or not at all")
        return value

    @field_validator("oidc_scopes")
    @classmethod
    def _asks_for_address(cls, value: str) -> str:
        if not {"openid", "email"} <= set(value.split()):
            raise ValueError("must contain openid and email")
        return value

    @field_validator("oidc_roles")
    @classmethod
    def _are_pairs(cls, value: str) -> str:
        if any(not group or not role for group, role in _pairs(value)):
            raise ValueError("must be group=role, several with semicolons")
        return value

    @field_validator("local_login")
    @classmethod
    def _has_other_way(cls, value: bool, info: ValidationInfo) -> bool:
        if not value and not info.data.get("oidc_issuer"):
            raise ValueError("can be off only with PORTAL_OIDC_ISSUER: else nobody gets in")
        return value

    @field_validator("break_glass")
    @classmethod
    def _names_somebody(cls, value: str, info: ValidationInfo) -> str:
        if not value.strip(" ,") and not info.data.get("local_login", True):
            raise ValueError("must name at least one address while PORTAL_LOCAL_LOGIN is off")
        return value

    @property
    def sign_on_name(self) -> str:
        """What members call the single sign-on; "" when there is none."""
        return self.oidc_issuer and (self.oidc_name.strip() or urlsplit(self.oidc_issuer).hostname or "")

    @property
    def oidc_role_pairs(self) -> list[tuple[str, str]]:
        """Which group of the sign-on's provider gives which role."""
        return _pairs(self.oidc_roles)

    @property
    def oidc_factor_values(self) -> frozenset[str]:
        """Values of ``amr`` or ``acr`` by which the provider vouches for a second factor."""
        return _names(self.oidc_factors)

    @property
    def break_glass_addresses(self) -> frozenset[str]:
        """Who may log in by their own means although local log-in is off."""
        return _names(self.break_glass.lower())

    def may_log_in_locally(self, email: str | None) -> bool:
        """Whether password, passkey and reset are open to who has this address."""
        return self.local_login or (email or "").lower() in self.break_glass_addresses

    @property
    def plugin_values(self) -> dict[str, str]:
        """What the operator sets for plugins, by name (``PORTAL_<ID>_<KEY>``): admins can't change it."""
        return self._plugin_values

    @property
    def is_https(self) -> bool:
        """Whether the portal is reached by https, which turns on Secure cookies and HSTS."""
        return self.base_url.startswith("https:")

    @property
    def factor_roles(self) -> frozenset[str]:
        """The roles that count only for members with a second factor."""
        return _names(self.require_second_factor)

    @property
    def database(self) -> str:
        """The database address, SQLite in the data folder unless set."""
        return self.database_url or f"sqlite:///{self.data_dir / 'portal.sqlite'}"

    @property
    def storage(self) -> str:
        """The storage address, a folder in the data folder unless set."""
        return self.storage_url or f"file:{self.data_dir / 'files'}"

    @property
    def trusted_hosts(self) -> list[str]:
        """Host names that a request may carry: that of ``base_url``, and every loopback name if it is one of them."""
        host = urlsplit(self.base_url).hostname or ""
        return list(LOOPBACK) if host in ("localhost", "127.0.0.1", "::1") else [host]

    def masked(self) -> dict[str, str]:
        """Names and values as an operator may read them: secrets and passwords in addresses are hidden."""
        hidden = {name for name, field in type(self).model_fields.items() if not field.repr}
        return {
            PREFIX + name.upper(): ("•••" if name in hidden and getattr(self, name) else str(getattr(self, name)))
            for name in type(self).model_fields
        }


def is_protected(address: str) -> bool:
    """Whether what is sent to an address can't be read on the way: by https, or not leaving this machine."""
    parts = urlsplit(address)
    on_this_machine = (parts.hostname or "") in ("localhost", "127.0.0.1", "::1")
    return bool(parts.hostname) and (parts.scheme == "https" or (parts.scheme == "http" and on_this_machine))


def _names(text: str) -> frozenset[str]:
    return frozenset(filter(None, (name.strip() for name in text.split(","))))


def _pairs(text: str) -> list[tuple[str, str]]:
    """Read "group=role; other=role"; a group may hold = and commas, as those of directories do."""
    lines = (line.rpartition("=") for line in text.split(";") if line.strip())
    return [(group.strip(), role.strip()) for group, _sign, role in lines]


def load_settings(**overrides: object) -> Settings:
    """Read the settings; ``overrides`` (by field name) win over the environment.

    Raises SettingsError, naming every unknown or wrong setting."""
    data_dir = Path(str(overrides.get("data_dir") or os.environ.get("PORTAL_DATA_DIR") or "instance")).resolve()
    data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        return _read(data_dir, overrides)
    except ValidationError as error:
        lines = [f"{PREFIX}{'_'.join(map(str, e['loc'])).upper()}: {e['msg']}" for e in error.errors()]
        raise SettingsError("; ".join(lines)) from None


def _read(data_dir: Path, overrides: dict[str, object]) -> Settings:
    env_file = data_dir / "portal.env"
    kept = {name.upper(): value or "" for name, value in dotenv_values(env_file, encoding="utf-8").items()}
    given = kept | {name: value for name, value in os.environ.items() if name.startswith(PREFIX)}
    others = {name: given[name] for name in given.keys() - {PREFIX + name.upper() for name in Settings.model_fields}}
    for_plugins = {name: value for name, value in others.items() if _is_for_plugin(name)}
    if unknown := sorted(others.keys() - for_plugins.keys()):
        raise SettingsError("unknown setting: " + ", ".join(unknown))
    values = {**overrides, "data_dir": data_dir}
    settings = Settings(_env_file=env_file, _env_file_encoding="utf-8", **values)  # type: ignore
    settings._plugin_values = for_plugins
    if not settings.secret_key:
        settings.secret_key = _kept_secret(data_dir / "secret_key")
    return settings


def _is_for_plugin(name: str) -> bool:
    """Whether a plugin that is installed may know the name; once plugins are loaded, each says whether it does."""
    return any(name.startswith(f"{PREFIX}{point.name.upper()}_") for point in entry_points(group=PLUGIN_GROUP))


def _kept_secret(path: Path) -> str:
    """The secret made on the first start; linked into place, so that processes starting at once agree on one."""
    if not path.exists():
        draft = path.with_name(f"secret_key.{os.getpid()}")
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(48), encoding="ascii")
        with suppress(FileExistsError):
            os.link(draft, path)
        draft.unlink()
    return path.read_text(encoding="ascii").strip()
