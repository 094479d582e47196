"""What somebody logs in with, in plain words."""

from __future__ import annotations

# The order matters: Edge and Opera call themselves Chrome, Chrome calls itself Safari, Android calls itself Linux.
BROWSERS = (
    *(("Edg", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser", "Samsung Internet"), ("Firefox", "Firefox")),
    *(("FxiOS", "Firefox"), ("CriOS", "Chrome"), ("Chrome", "Chrome"), ("Safari", "Safari")),
)
SYSTEMS = (
    *(("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows")),
    *(("CrOS", "ChromeOS"), ("Mac OS X", "macOS"), ("Linux", "Linux")),
)


HANDHELD = ("iPhone", "iPad", "Android")


def device_symbol(label: str) -> str:
    """The icon of a device by its label: a phone, a computer, or a question mark for what says nothing."""
    if not label:
        return "question-circle"
    return "phone" if any(name in label for name in HANDHELD) else "laptop"


def network_prefix(network: str) -> str:
    """The part of a network that says roughly where, not who: two thirds of an IPv4 address, an IPv6 by its /48; ""
    when it is not known."""
    if "." in network and ":" not in network:
        return ".".join(network.split(".")[:3]) + ".*"
    parts = network.partition("/")[0].split(":")
    return ":".join(parts[:3]) + ":*" if len(parts) > 3 else ""


def device_label(user_agent: str) -> str:
    """A short label such as "Firefox, Windows" from the header User-Agent; "" when it says nothing known."""
    browser = next((name for mark, name in BROWSERS if mark in user_agent), "")
    system = next((name for mark, name in SYSTEMS if mark in user_agent), "")
    return ", ".join(word for word in (browser, system) if word)
