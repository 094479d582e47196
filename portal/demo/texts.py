"""The demo network's privacy notice and terms: short, but what they say of the portal is true."""

from __future__ import annotations

from portal.legal.services.writing import Draft, get_draft, publish_draft, update_draft
from portal.permissions.actor import system

PRIVACY_DE = """Dies ist die Datenschutzerklärung eines erfundenen Netzwerks. Ein wirkliches schreibt hier seine eigene.

## Was wir speichern

Name, Adresse und was Sie selbst in Ihr Profil schreiben; wann und von welchem Netz aus Sie sich anmelden; was Sie
beitragen und ändern. Bei jedem Feld Ihres Profils bestimmen Sie, wer es sieht.

## Wohin es geht

Nirgendwohin. Die Seiten laden nichts von Dritten, niemand zählt Ihre Besuche, und die Suche läuft auf diesem Server.

## Wie lange

Wie lange was aufbewahrt wird, steht unter *Mein Konto → Meine Daten*. Dort laden Sie alles über sich als Datei und
löschen Ihr Konto; Ihre Beiträge bleiben dann ohne Ihren Namen stehen.
"""
PRIVACY_EN = """This is the privacy notice of an invented network. A real one writes its own here.

## What we keep

Your name, your address and what you write into your profile yourself; when and from which network you log in; what you
contribute and change. For each field of your profile you say who sees it.

## Where it goes

Nowhere. The pages load nothing from third parties, nobody counts your visits, and the search runs on this server.

## How long

What is kept how long stands under *My account → My data*. There you get everything about you as a file, and delete your
account; what you contributed then stays without your name.
"""
TERMS_DE = """Die Regeln eines erfundenen Netzwerks:

- Was im internen Bereich steht, bleibt unter den Mitgliedern, solange nicht jemand „öffentlich“ gewählt hat.
- Laden Sie nur hoch, was Sie zeigen dürfen, und fragen Sie, wer auf einem Foto zu erkennen ist.
- Jede Initiative pflegt ihr Profil selbst; die Redaktion hilft.
"""
TERMS_EN = """The rules of an invented network:

- What stands in the internal area stays among members, unless somebody chose “public”.
- Upload only what you may show, and ask whoever can be recognised in a photo.
- Each initiative looks after its own profile; the editorial office helps.
"""
TEXTS = {"privacy": (PRIVACY_DE, PRIVACY_EN), "terms": (TERMS_DE, TERMS_EN)}


def publish_texts() -> None:
    """Publish both, without asking anybody to agree."""
    for kind, (german, english) in TEXTS.items():
        draft = get_draft(system(), kind)
        draft = update_draft(system(), kind, Draft(german, english, needs_agreement=False), draft.version)
        publish_draft(system(), kind, draft.version)
