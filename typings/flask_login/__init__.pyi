"""What we use of Flask-Login, which has no types of its own; the current user of this portal is an Actor."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, Protocol, TypeVar

from flask import Flask

from portal.permissions.actor import Actor

_Callback = TypeVar("_Callback", bound=Callable[..., Any])

current_user: Actor

class _User(Protocol):
    def get_id(self) -> str | None: ...

class LoginManager:
    anonymous_user: Callable[[], Any]
    login_view: str | None
    session_protection: str | None
    def __init__(self, app: Flask | None = ..., add_context_processor: bool = ...) -> None: ...
    def init_app(self, app: Flask, add_context_processor: bool = ...) -> None: ...
    def user_loader(self, callback: _Callback) -> _Callback: ...
    def request_loader(self, callback: _Callback) -> _Callback: ...
    def unauthorized_handler(self, callback: _Callback) -> _Callback: ...

def login_user(
    user: _User, remember: bool = ..., duration: timedelta | None = ..., force: bool = ..., fresh: bool = ...
) -> bool: ...
def logout_user() -> bool: ...
