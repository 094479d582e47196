"""Words of which German compounds are made, in groups by how common they are.

Compiled by hand for this project: regional networks, industry, education, administration, everyday life. The
splitter folds them and adds linking elements (s, es, n, en, e, er, ens). Words under four letters are no
parts, and endings that only look like words (schaft, heit, keit, nahme) are left out on purpose.
"""

# The greater the number, the more readily a compound is cut at these words.
KNOWN_WORDS: dict[int, str] = {
    # Compounds that have become words of their own: they are found inside longer ones, but not taken apart.
    3000: """
    arbeitskraft arbeitskräfte bahnhof bundestag fachkraft fachkräfte flughafen führungskraft führungskräfte
    gewerkschaft grundlage grundschule handbuch hochschule kindergarten krankenhaus kreislauf landkreis
    landschaft landwirtschaft lebensmittel lehrkraft lehrkräfte mitarbeit mittelstand nachwuchs rathaus
    werkstatt werkzeug
    """,
    900: """
    arbeit austausch beratung betrieb bildung bund dialog dienst energie entwicklung fach familie firma form
    forschung frage frau führung geld gesetz gespräch gruppe hand haus industrie initiative jahr jugend kind
    kinder kopf kraft kräfte kultur land leben leistung mann markt mensch mitglied mitglieder netzwerk
    person personal planung platz politik preis problem produkt produktion programm projekt recht region
    schule seite staat stadt stelle system tagung technik teil termin thema treffen unternehmen
    veranstaltung verein verwaltung wasser welt wirtschaft wissen zeit ziel
    """,
    700: """
    anlage ausbildung auto bahn behörde beispiel berater bericht beruf bezirk bild brief buch bundes bürger
    chef daten einwohner europa experte fabrik fahr fahrer fahrzeug film flug fortbildung freund gast
    gebäude gemeinde gesundheit handel handwerk holz information ingenieur kammer
    karte klasse klima kollege kommunikation konzept kreis kunde kunststoff kurs landes lehre lehrer leiter
    lern lernen licht liste luft maschine material medien meister metall methode minister ministerium modell
    muster nachbar nation natur partei partner plan presse prozess präsident qualität regierung schiff
    schüler sicherheit stahl stoff strategie straße strom student studium text umwelt universität unterricht
    verband verfahren verkehr vertreter weiterbildung werk wissenschaft wohn wohnung wärme zeitung
    """,
    500: """
    abschluss alter alters anfang ansiedlung arzt ausstellung bank bereich berg bewerber
    bewerbung boden büro digital digitalisierung ebene feld finanz finanzierung fluss
    fläche fonds förder förderung garten gebiet gefahr gehalt gemeinschaft gesellschaft gewinn
    gewinnung grenze grund gründer gründung halle hilfe innovation insel investition klinik konferenz
    kongress kontrolle kosten kranken kredit küche küste labor lehrling lohn medizin meer messe
    messung mitte mittel nord norm ordnung park patient pflege pflicht phase podium praktikant
    praktikum prüfung raum rede regel rente risiko runde saal schritt schutz seminar sozial standard
    standort start stellen steuer struktur stufe stück test therapie tisch transformation umsatz
    unterstützung verlust versicherung vertrag vortrag wachstum wald wandel west workshop zentrum
    zukunft ärzte
    """,
    300: """
    abfall abwanderung aktion alterung amts angebot anwalt auswahl automat automation automatisierung baby
    ballungs basis bedarf beteiligung beton betriebs bevölkerung bindung breite bruder bürgermeister chance
    chancen chemie cloud computer demografie dorf ecke einkauf elektrizität elektro elektronik eltern
    entsorgung erfolg ergebnis ersatz erwachsene export fachkräftemangel familien feuer feuerwehr fracht
    funk generation gericht geschlecht gewicht glas gleichstellung größe güter haftung handy hardware heimat
    herausforderung höhe image import inklusion instandhaltung integration internet jugendliche jungen
    kampagne kapazität kern kette klage kommunal kommune konkurrenz kooperation kunst lager
    landrat leistungs lieferkette lieferung linie logistik länge lösung mangel marke marketing
    maßnahme menge metropole migration mitwirkung mobil mobilität mutter mädchen müll nachbarschaft
    nachfrage netz notfall nutzen optik paket papier pharma plastik plattform polizei portal post punkt
    quartier rand rechner recycling reparatur rettung richter roboter robotik rohstoff sand schaden
    schwester senioren sensor server sicherung software sohn spitze spitzen stadtteil stein stimme straf
    suche teilhabe telefon tiefe tochter transport unfall urteil vater verkauf vermittlung verpackung
    vertrieb vielfalt viertel vorstadt vorteil wahl ware waren wartung werbung wert werte wettbewerb wirkung
    zahl zement ziegel zoll zusammenarbeit zuwanderung öffentlichkeit
    """,
    200: """
    abbau abend acker akademie akku akte aktie anlagenbau anleihe anmeldung archiv aufbau ausbau autor
    batterie baum bauwerk begabung begeisterung beitrag beiträge berufsschule besitz besitzer besucher
    bibliothek bier bilanz biogas blume bote botschaft botschafter brot brücke budget börse coach dach
    dokument dokumentation druck dämmung eigentum eigentümer einladung erdgas erfahrung ernte essen etat
    fahrzeugbau feier feiertag fenster ferien fertigkeit fest fischerei fleisch folie forst frühjahr
    frühling fähigkeit gastronomie gebühr gemüse getränk gymnasium haushalt heizung herbst
    hochbau hotel interesse jagd jahres kalender kapital keller kenntnis kita kohle kolleg
    kompetenz konto konzert lehrgang lehrplan lehrstelle leser lüftung
    maschinenbau mauer mentor miete milch minute moderation moderator monat monats moor morgen motivation
    motto museum musik nacht nahrung netzausbau neubau neugier oberschule obst orientierung pate pferd
    pflanze protokoll präsentation publikum qualifikation qualifizierung realschule rechnung redaktion
    redner referent reise renovierung restaurant rind rolle rollen samen sanierung satz schrift schuld
    schulden schulung slogan solar sommer sonne speicher spende sport sprache sprecher stipendium stunde
    stunden subvention tages talent teilnehmer theater tiefbau tier titel tourismus trainer training treppe
    tunnel turm umbau urlaub verlag vermögen vieh volkshochschule vorbild wasserstoff wein wiese wind
    windkraft winter woche wochen wort zahlung zertifikat zeugnis zins zuschauer zuschuss
    """,
    120: """
    abteilung agentur allianz analyse angebots angestellte anspruch antrag anwendung apparat arbeitgeber
    arbeitnehmer arbeitsmarkt arbeitsplatz artikel atom aufgabe aufsicht auftrag auge ausgabe ausland
    ausländer ausrüstung ausschuss ausstattung auszeichnung auszubildende automobil azubi band
    bauernhof baustelle bauteil beamte becken bein beirat bereitschaft bergbau beschaffung beschluss
    beschäftigte beschäftigung bestand besuch betreuung bewegung beziehung bildschirm biologie block blut
    bohrung boot branche brand brau brauerei brenn brennstoff bruch brunnen bundesland burg
    cluster dampf dauer deckel denkmal design diagnose dichte diesel ding direktor diskussion distrikt draht
    dreh druckerei düse effekt effizienz ehren ehrenamt eisen eisenbahn ekel emission engagement
    entscheidung entwurf erde erfindung erfolgs erneuerung ernährung erzeugung erziehung etage fachbereich
    fachleute fachmann faden fahrplan fahrrad fahrt faktor fall farbe faser fehler fell fern fernseh
    fertigung fett fieber finger fisch flasche flotte flucht flugzeug flüchtling flügel folge
    folgen format formular forum foto frei freiheit freizeit frieden frist frucht funktion futter fuß gang
    ganztag gebirge geburt geburts gedanke gefäß gefühl gegend geist gelenk gelände gemein genossenschaft
    geruch gerät geräte geschichte geschwindigkeit geschäft gesicht gestalt gestaltung gewalt gewebe gewerbe
    gipfel gitter gleich gleis glied gold gott graben grafik gramm groß grün gummi güte haar hafen
    hals haltung handlung haupt haushalts haut heft heil heim held helfer herd herkunft herr
    hersteller herstellung herz himmel hinweis hitze hobby hoch hochwasser hoffnung horn hubschrauber hund
    hunger idee identität impfung impuls index industriell infrastruktur inhaber inhalt institut instrument
    integrations interview inventar investor
    """,
    60: """
    kabel kaffee kaiser kamera kampf kanal kandidat kante kapitel karriere karten kasse kasten katalog
    katastrophe kauf kaufmann kegel kehr kennzahl kerze kessel kirche klang kleb kleidung klein klimaschutz
    knoten koch koffer kohlenstoff kollegen kolloquium komitee kommission kompass komponente kompromiss
    kondensator konflikt konsum kontakt kontinent konzern kopie korb korn kraftfahrzeug kraftwerk kran
    krankheit kranz kreativ krieg krise kristall krone kugel kundschaft kupfer kuppel kurve kurz kutsche
    kälte käufer könig körper kühl kühlung lade laden ladung lampe landkarte langzeit laser last
    lastwagen lauf laut lebenslauf leder leer leit leitbild leitfaden leitung lenkung leucht leute liebe
    lied lieferant lift literatur lizenz loch luftfahrt lunge lust luxus lärm löffel löhne macht magnet mahl
    malerei management manager mangels mannschaft mantel markierung maske masse massen mathematik matratze
    maus mechanik mechaniker mechatronik meinung meldung mensa messer messgerät metallbau meter miet mikro
    mikroskop militär million mine mineral mischung mission mitarbeiter mittag mittelalter
    mode modul molekül moment monitor montage motor motorrad mund muskel münze nachhaltigkeit
    nachmittag nachricht nachrichten nachtrag nachweis nadel nagel nahrungs name namen nase naturschutz
    nebel neben nerven neues neutral niveau note nutzer nutzung objekt ofen offensive oper optimierung
    option orchester ordner organ organisation original orts ozean paar pakt palast panel panne parkplatz
    parlament partnerschaft pass passage patent pause pension pfad pfand pfanne pferde pfleger pfund
    philosophie physik pilot pilotprojekt pilz pinsel pitch planet platte plenum pokal politiker polster
    portrait position potenzial praxis prinzip priorität privat probe produzent profil prognose
    programmierer programmierung prototyp provinz psychologie pulver pumpe puppe quelle quote radio rahmen
    rakete rang rasen rast rate raub rauch raumfahrt reaktion reaktor realität rechnungs rechts reform regal
    regen regional regionen register regulierung reich reife reifen reihe reinigung reiz rekord relation
    religion rennen reserve resultat revision revolution rezept rhein rhythmus richtlinie richtung ring
    risiken ritter robot rohr rohre roman rost route ruder ruhe rund rundfunk rundgang rätsel rück rücken
    saft saison salz sammel sammlung satellit schacht schalter schaltung schatten schatz schau schauspiel
    scheibe schein schenkung schicht schiene schienen schild schlacht schlaf schlag schlange schlauch
    schloss schlüssel schmelz schmerz schmiede schmuck schnee schneid schnell schnitt schnittstelle
    schokolade schrank schraub schraube schreib schuh schul schulter schwan schweiß schwer schwimm
    schwingung schülerin segel seil sekretariat sektor selbst sender serie service servicestelle siedlung
    sieg signal silber sitz sitzung skala skizze solidarität sonder sorge sorgen sorte sozialversicherung
    spalte spannung spar speise sperre spezial spiegel spiel spielzeug spindel spinn sponsor spring spritz
    spritzguss spule spur stab stadion stadium stahlbau stamm stand standards stange stapel station
    statistik stau staub steck steig stern steuerung stich stift stiftung still stimmung stipendien stoß
    strahl strahlung strecke streik streit strick studie stuhl sturm stärke such summe suppe symbol szene
    tabelle tafel takt tank tanz tarif tasche tasse taste taucher tausch team technologie technologisch
    teich teilchen teilzeit temperatur tempo teppich teufel textil theorie thron tinte tonne topf tore torf
    tour tradition trag transfer traum trend trenn treue trieb trink trocken tropfen trupp truppe träger
    tuch tugend turbine turnier tätigkeit ufer umfeld umfrage umsetzung umzug unternehmer unternehmertum
    urkunde ursache ursprung öffnung ökologie ökonomie überblick übergang übersicht übung
    """,
    40: """
    agenda agility akquise alleinstellung anerkennung anlauf anreiz ansatz ansprache ansprechpartner anstoß
    aufschwung auftakt aufwertung ausblick außenwirtschaft baukultur bedingung begegnung begleitung beitrags
    bekanntheit belegschaft benchmark beschäftigungs bestandspflege beteiligungs betriebsbesuch
    betriebserkundung bewerbungs bezirksamt bindungs biotechnologie brauchtum breitband bundesverband
    clusters curriculum daseinsvorsorge dekarbonisierung dienstleister dienstleistung digitalisierungs
    diversität duales ehrung eigeninitiative einarbeitung einblick einrichtung einsatz einstieg elternabend
    energiewende engpass entlastung entwicklungs erhebung erkenntnis erkundung erlebnis ertrag etablierung
    evaluation exkursion fachkräftegewinnung fachtag ferienprogramm forschungs fragestellung freiwillige
    förderprogramm förderverein gebiets geschichten geschäfts geschäftsführer
    geschäftsführung geschäftsstelle gesellschafts gestalter gewerbegebiet gremium gründungs handlungs
    hemmnis hürde impulsgeber industriegebiet industriekultur informations innenstadt innovations jahrbuch
    jobmesse jubiläum kernkompetenz klimaneutralität klärung kommunikations konversion koordination
    koordinator koordinierung kreativität kreativwirtschaft lebensqualität leerstand lenkungs
    leuchtturm lieferketten marktplatz maßnahmen meilenstein menschen mentoring mintec mitgestaltung mitmach
    mobilitäts multiplikator nachfolge nachwuchsgewinnung nachwuchskräfte netzwerker netzwerktreffen
    neuausrichtung oberbürgermeister orientierungs partizipation patenschaft personalentwicklung perspektive
    pionier planspiel plattformen podcast praktika praxistag preisträger problemlösung produktions
    projektleiter projekttag qualitäts querschnitt rahmenbedingung regionalentwicklung regionalmanagement
    ressource ressourcen rückblick rückmeldung schulbesuch schulleiter schulpartnerschaft schwerpunkt
    sensibilisierung showroom sichtbarkeit speicherung sprachkurs stadtentwicklung stadtmarketing
    stakeholder stammtisch standortmarketing standortpolitik standortstärkung strategien strukturwandel
    studien studienabbruch studierende stärkung symposium synergie tagungs talente technologietransfer
    themen transformations treffpunkt umfang umstellung unternehmens unternehmensbesuch vakuum variante vase
    vegetation ventil veranstalter veranstaltungs verantwortung verarbeitung verbesserung verbindung verbot
    verbrauch verbraucher verbund verdienst vereinbarung verfassung vergabe vergleich vergütung verhalten
    verhandlung verhältnis verkehrs verkehrswende verletzung vermarktung vermessung vernetzung verordnung
    verpflegung versammlung versand verschleiß versorgung versorgungs verstetigung verständnis versuch
    verteidigung verteilung vertiefung vertrauen vertretung verwendung verzeichnis veränderung video vision
    vogel volk voll volumen vorbereitung vorgang vorhaben vorlage vorreiter vorschlag vorschrift vorsitz
    vorstand vorstellung vulkan völker waage wachs wachstums waffe wagen wagnis wahrheit wall walz wand
    wander wanderung wandlungs wanne wappen wechsel wegweiser weiche weide weihnacht weihnachts weise weit
    weiterbildungs weiß wende werks wertschätzung wertschöpfung wesen wettbewerbs wetter wettkampf
    widerstand wieder wille wirt wirtschafts wirtschaftsförderung wissens wissenstransfer witwe wohl
    wohlstand wolke wolle wunder wunsch wurm wurst wurzel wächter wäsche wüste zahlen zahn zange zauber zaun
    zeichen zeichnung zeile zeitarbeit zeitraum zelle zelt zentral zerstörung zertifizierung zeuge zeugung
    zielgruppe ziffer zimmer zirkel zirkus zitat zivil zone zubehör zucht zucker zufall zugang zukunfts
    zulassung zuliefer zulieferer zunft zusammenhalt zusatz zuschlag zustand zustimmung zuständigkeit zweck
    zweig zwischen zyklus zylinder öffentlichkeits
    """,
}
