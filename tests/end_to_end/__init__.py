"""Walks through a really started portal in a browser, as its people would."""
