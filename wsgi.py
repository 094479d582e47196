"""For a WSGI server of your own choice: ``gunicorn wsgi:app``."""

from portal.application import create_app
from portal.plugin_host.navigation import the_host

app = create_app()
with app.app_context():
    the_host().attend()
