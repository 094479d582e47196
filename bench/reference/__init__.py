"""Bare Flask: the least that an application with log-in, a list, a page and a search can be."""
