"""Invented words: the same for the same number, so that measurements run on the same content every time."""

from __future__ import annotations

from random import Random

FIRST_NAMES = """
Aaron Ada Agnes Albrecht Alma Anton Asli Beate Bela Carl Cem Clara Dana David Dilan Edda Emil Enno Esra Falk Frida
Gesa Gustav Hanna Henning Ida Ilja Jakob Jana Jonte Karla Kaya Lasse Leyla Linus Lotte Mads Malik Mara Nele Niklas
Oda Ole Paula Piet Rahel Ruben Sanja Selma Silke Sören Tabea Thies Tilda Ufuk Ute Vera Wanda Yasin Zoe
"""
LAST_NAMES = """
Ackerknecht Ahlborn Bachfeld Birkholz Brömmel Brunkhorst Cramerstein Dahlkamp Dörrfuß Ebersfeld Eichgrün Fährmannsen
Flachskampe Gänseblum Gerstenberger Grünhagener Haberlandt Heidbrinker Imsiekel Jägerhuber Kalkbrück Kieselbach
Krötenheer Lindhorster Löwenstam Mühlgasser Nesselhof Oberhagemann Pappelheim Quellmaier Rosskamper Rübsamen
Schäferlein Seegers Steinbrinker Tannhuber Ühlefeld Voßbrink Wachtelborn Weißdornig Zeidlermann
"""
THINGS = """
Anlagenbau Antrieb Batterie Chemie Elektronik Energie Fahrzeug Feinwerk Gießerei Glas Holz Kälte Keramik Kunststoff
Leichtbau Logistik Maschinenbau Medizintechnik Messtechnik Metall Optik Papier Robotik Schiffbau Stahl Textil
Verpackung Wasserstoff
"""
FORMS = "Initiative Netzwerk Forum Dialog Allianz Werkstatt Bündnis Cluster Plattform Runde"
TOWNS = (
    ("BW", "Aalen"), ("BY", "Kempten (Allgäu)"), ("BE", "Berlin"), ("BB", "Cottbus"), ("HB", "Bremerhaven"),
    ("HH", "Hamburg"), ("HE", "Kassel"), ("MV", "Stralsund"), ("NI", "Göttingen"), ("NW", "Bochum"),
    ("RP", "Ludwigshafen am Rhein"), ("SL", "Völklingen"), ("SN", "Annaberg-Buchholz"), ("ST", "Merseburg"),
    ("SH", "Flensburg"), ("TH", "Nordhausen"),
)  # fmt: skip
WORDS = """
Ausbildung Austausch Beratung Betrieb Energie Erfahrung Fachkräfte Förderung Forschung Gespräch Gründung Handwerk
Hochschule Industrie Lösung Maschine Mittelstand Nachfolge Nachwuchs Netzwerk Partnerschaft Praktikum Projekt
Prozess Region Rohstoff Schule Standort Technik Transformation Unternehmen Verband Verkehr Verwaltung Wandel
Werkstatt Wettbewerb Zukunft begleiten besuchen entwickeln erproben finden gemeinsam gewinnen lernen offen praktisch
prüfen regional schnell sichtbar stärken verbinden verlässlich vorstellen wachsen zeigen
"""


def person_name(number: int) -> str:
    """A first and a last name."""
    pick = Random(number)  # noqa: S311 (texts, no secrets)
    return f"{pick.choice(FIRST_NAMES.split())} {pick.choice(LAST_NAMES.split())}"


def organisation_name(number: int) -> str:
    """A name such as "Netzwerk Leichtbau Aalen 17"; no two numbers share one."""
    pick = Random(number)  # noqa: S311 (as above)
    return f"{pick.choice(FORMS.split())} {pick.choice(THINGS.split())} {town_of(number)[1]} {number}"


def town_of(number: int) -> tuple[str, str]:
    """A Land's code and a town in it."""
    return TOWNS[number % len(TOWNS)]


def sentence(number: int, length: int = 9) -> str:
    """So many words, the first with a capital letter, without a full stop: a title or a part of a text."""
    words = Random(number).choices(WORDS.split(), k=length)  # noqa: S311 (as above)
    return " ".join(words).capitalize() if words[0].islower() else " ".join(words)


def text(number: int, sentences: int = 12) -> str:
    """Paragraphs of four sentences each, as Markdown."""
    parts = [f"{sentence(number * 1000 + part)}." for part in range(sentences)]
    return "\n\n".join(" ".join(parts[begin : begin + 4]) for begin in range(0, sentences, 4))
