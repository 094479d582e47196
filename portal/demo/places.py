"""The organisations of the demo network (four real ones by their public names, the others invented) and its topics."""

from __future__ import annotations

# slug, name, short name, kind, Land, town
ORGANISATIONS = (
    ("servicestelle", "Servicestelle des Netzwerks", "Servicestelle", "office", "BE", "Berlin"),
    ("innovationsregion-hohenlohe", "Innovationsregion Hohenlohe e. V.", "Hohenlohe", "initiative", "BW", "Künzelsau"),
    (
        "kunststoff-initiative-bonn-rhein-sieg",
        "Kunststoff-Initiative Bonn/Rhein-Sieg",
        "Kunststoff-Initiative",
        "initiative",
        "NW",
        "Bonn",
    ),
    ("retrason", "Transformationsnetzwerk ReTraSON", "ReTraSON", "transformation_network", "NI", "Braunschweig"),
    (
        "unternehmensnetzwerk-neukoelln",
        "Unternehmensnetzwerk Neukölln e. V.",
        "Neukölln",
        "association",
        "BE",
        "Berlin",
    ),
    ("metallforum-suedharz", "Metallforum Südharz", "Metallforum", "initiative", "TH", "Nordhausen"),
    ("feinwerk-goettingen", "Feinwerk Göttingen", "Feinwerk", "initiative", "NI", "Göttingen"),
    ("maritime-zulieferer-weserland", "Maritime Zulieferer Weserland", "Weserland", "association", "HB", "Bremerhaven"),
    ("hafen-und-handwerk-hamburg", "Hafen und Handwerk Hamburg", "HuH", "chamber_project", "HH", "Hamburg"),
    ("antrieb-nordhessen", "Antrieb Nordhessen", "Antrieb", "transformation_network", "HE", "Kassel"),
    ("kuestenwerk-vorpommern", "Küstenwerk Vorpommern", "Küstenwerk", "initiative", "MV", "Stralsund"),
    ("lausitz-packt-an", "Lausitz packt an", "Lausitz", "initiative", "BB", "Cottbus"),
    ("saarstahl-von-morgen", "Saarstahl von morgen", "Saarstahl", "transformation_network", "SL", "Völklingen"),
    ("werkstatt-oberpfalz", "Werkstatt Oberpfalz", "Werkstatt", "initiative", "BY", "Weiden in der Oberpfalz"),
    ("allgaeu-fertigt", "Allgäu fertigt", "Allgäu", "initiative", "BY", "Kempten (Allgäu)"),
    ("erzgebirge-zuliefert", "Erzgebirge zuliefert", "Erzgebirge", "association", "SN", "Annaberg-Buchholz"),
    ("chemiedialog-saale", "Chemiedialog Saale", "Chemiedialog", "chamber_project", "ST", "Merseburg"),
    ("industrie-foerde-dialog", "Industrie-Förde-Dialog", "Förde", "chamber_project", "SH", "Flensburg"),
    ("rheinpfalz-industrie", "Rheinpfalz Industrie", "Rheinpfalz", "initiative", "RP", "Ludwigshafen am Rhein"),
    ("westerwald-keramik", "Westerwald Keramik", "Keramik", "association", "RP", "Höhr-Grenzhausen"),
    ("muensterland-maschinenbau", "Münsterland Maschinenbau", "Münsterland", "initiative", "NW", "Münster"),
    ("ostwuerttemberg-wandelt", "Ostwürttemberg wandelt", "OWW", "transformation_network", "BW", "Aalen"),
    ("autoland-leine", "Autoland Leine", "Autoland", "transformation_network", "NI", "Hannover"),
    ("antrieb-saaletal", "Antrieb Saaletal", "Saaletal", "transformation_network", "TH", "Jena"),
    ("stahlregion-ruhrbogen", "Stahlregion Ruhrbogen", "Ruhrbogen", "transformation_network", "NW", "Bochum"),
)

# slug, title, synonyms
TOPICS = (
    ("fachkraeftegewinnung", "Fachkräftegewinnung", ("Personalgewinnung", "Nachwuchs")),
    ("mint-bildung", "MINT-Bildung", ("Technikbildung",)),
    ("standortmarketing", "Standortmarketing", ("Standortstärkung",)),
    ("transformation", "Transformation", ("Strukturwandel",)),
    ("akzeptanz", "Akzeptanz der Industrie", ("Bürgerdialog",)),
    ("vernetzung", "Vernetzung von Betrieben", ("Unternehmensnetzwerk",)),
    ("nachhaltigkeit", "Nachhaltigkeit", ("Klimaschutz",)),
)
