"""For a WSGI server of your own choice: ``gunicorn wsgi:app``."""

from portal.application import create_app

app = create_app()
