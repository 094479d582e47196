"""What the packages say of plugins, read anew: a package can be replaced while the old one runs."""

from __future__ import annotations

from dataclasses import dataclass
from email.utils import getaddresses
from importlib.metadata import Distribution, PackageNotFoundError, distribution, entry_points
from typing import Any

from portal.plugin_host.manifest import ENTRY_POINTS


@dataclass(frozen=True)
class About:
    """Who made a plugin, under which licence, and where more is found; "" for what its package does not say."""

    package: str = ""
    author: str = ""
    licence: str = ""
    home_page: str = ""


def list_installed() -> dict[str, str]:
    """The ids of all plugins whose packages are installed here, also those not loaded, with their versions."""
    return {point.name: point.dist.version if point.dist else "" for point in entry_points(group=ENTRY_POINTS)}


def describe(found: Distribution | None) -> About:
    """What the package says; nothing where it is gone meanwhile."""
    try:
        package = found.metadata["Name"] if found else ""
        data: Any = distribution(package).metadata if package else {}
    except (PackageNotFoundError, TypeError, KeyError):
        return About()
    said = {name: str(data.get(name) or "") for name in ("Author", "Author-email", "License-Expression", "License")}
    people = [name or address for name, address in getaddresses([said["Author-email"]]) if name or address]
    return About(
        package=package,
        author=said["Author"] or ", ".join(people),
        licence=said["License-Expression"] or said["License"].partition("\n")[0],
        home_page=_home_page(data),
    )


def _home_page(data: Any) -> str:
    """The address of the home page, a web address only: it becomes a link."""
    get_all = getattr(data, "get_all", lambda name: [])
    named = [one.partition(",") for one in get_all("Project-URL") or []]
    urls = {label.strip().lower(): url.strip() for label, _comma, url in named}
    found = [*(get_all("Home-page") or []), *(urls.get(name, "") for name in ("homepage", "home page", "source"))]
    return next((url for url in found if url.startswith(("https://", "http://"))), "")
