"""What authors of plugins do from the command line, besides migrations."""

from __future__ import annotations

from pathlib import Path

import click
from flask.cli import with_appcontext

from portal.errors import Invalid
from portal.plugin_author.catalogues import extract, find_gaps, update
from portal.plugin_author.scaffold import create_distribution
from portal.plugin_host.navigation import the_host


@click.command("new")
@click.argument("plugin_id")
@click.option("--title", default="", help="What people read in menus; the id with a capital letter if left out.")
@click.option("--folder", type=click.Path(path_type=Path), default=Path(), help="Where to write it; here by default.")
def plugin_new(plugin_id: str, title: str, folder: Path) -> None:
    """Write a new plugin that works: a page, card, menu entry, permission, setting, search, API, job, texts, tests."""
    target = create_distribution(plugin_id, title or plugin_id.capitalize(), folder)
    click.echo(f"{target} is written. Next, in that folder:")
    click.echo('  pip install --no-build-isolation -e ".[dev]"')
    click.echo(f"  start the portal again (it loads plugins at start), then: portal plugin enable {plugin_id}")
    click.echo("  pytest")


@click.command("translate")
@click.argument("plugin_id")
@with_appcontext
def plugin_translate(plugin_id: str) -> None:
    """Bring a plugin's texts into its catalogues and compile them; lists what has no translation."""
    plugin = the_host().plugins.get(plugin_id)
    if plugin is None or plugin.manifest is None or not plugin.manifest.translations:
        raise Invalid(f"{plugin_id} is no plugin with translations")
    paths = update(plugin.folder, plugin.folder / plugin.manifest.translations, plugin_id)
    template = extract(plugin_id, plugin.folder)
    for path in paths:
        gaps = list(find_gaps(template, path)) if path.parent.parent.name != "en" else []
        click.echo(f"{path}: " + (f"{len(gaps)} to translate" if gaps else "complete"))
        for gap in gaps:
            click.echo(f"  {gap}")
