"""Words that make a password easy to guess here: German ones, and those of the member and their network."""

from __future__ import annotations

from sqlalchemy import select

from portal.extensions import db
from portal.members.models import Member
from portal.organisations.models import Membership, Organisation
from portal.plugin_host.navigation import the_host

# zxcvbn knows English words and names. These are frequent in German passwords, with both spellings of umlauts.
GERMAN = """
    passwort kennwort geheim geheimnis hallo willkommen zugang anmeldung schluessel schlüssel portal netzwerk initiative
    industrie region verein verband buero büro arbeit firma werkstatt rechner computer internet drucker kaffee
    fruehling frühling sommer herbst winter januar februar maerz märz april mai juni juli august september oktober
    november dezember montag dienstag mittwoch donnerstag freitag samstag sonntag morgen abend nacht heute
    deutschland berlin hamburg muenchen münchen koeln köln frankfurt stuttgart dresden leipzig hannover bremen
    bayern sachsen hessen schalke dortmund borussia werder fussball fußball urlaub garten blume sonne mond sterne
    stern wolke regen schnee wasser feuer himmel erde wald baum berg strasse straße haus hund katze pferd vogel
    maus schmetterling baer bär loewe löwe schatz liebe liebling herz engel teufel familie mutter vater mama papa
    oma opa bruder schwester sohn tochter freund freundin kinder baby prinzessin koenig könig
    qwertz qwertzuiop asdfgh yxcvbn start test gast benutzer verwaltung administrator redaktion mitglied
    musik gitarre klavier auto motorrad fahrrad schule lehrer schueler schüler universitaet universität student
    gott jesus frieden freiheit glueck glück hoffnung traum leben welt zeit geld gold silber eins zwei drei vier
    fuenf fünf sechs sieben acht neun zehn hundert tausend super toll klasse geil spass spaß lustig wichtig neu alt
""".split()  # noqa: SIM905 (a list of so many words is read as a text)


def words_around(member: Member) -> list[str]:
    """Names that somebody would try first for this member: theirs, of their organisations, of the portal."""
    own = select(Organisation.name).join(Membership, Membership.organisation_id == Organisation.id)
    names = [member.name, the_host().settings.name]
    if member.id is not None:
        names += db.session.scalars(own.where(Membership.member_id == member.id))
    parts = (member.email or "").replace("@", ".").split(".")
    return [word for text in (*names, *parts) for word in (text, *text.split()) if len(word) > 2]
