"""Words that say nothing about what a text is about. Folded spellings, as `fold` makes them."""

from plugins.search.analysis.folding import ENGLISH, GERMAN, fold

_GERMAN = """
aber alle allem allen aller alles als also am an ander andere anderem anderen anderer anderes auch auf aus bei
beim bin bis bist da dabei dadurch dafür dagegen daher dahin damit danach daneben dann daran darauf daraus
darf darin darüber darum das dass davon davor dazu dein deine deinem deinen deiner dem den denen denn dennoch
der deren derer des deshalb dessen dich die dies diese dieselbe diesem diesen dieser dieses dir doch dort du
durch dürfen ebenso ein eine einem einen einer eines einig einige einigem einigen einiger einiges einmal er es
etwa etwas euch euer eure für ganz gegen gewesen hab habe haben hat hatte hatten hier hin hinter ich ihm ihn
ihnen ihr ihre ihrem ihren ihrer ihres im in indem ins ist ja je jede jedem jeden jeder jedes jedoch jene
jenem jenen jener jenes kann kein keine keinem keinen keiner keines können könnte man manche manchem manchen
mancher manches mein meine meinem meinen meiner mich mir mit muss müssen nach nachdem nein nicht nichts noch
nun nur ob obwohl oder ohne sehr sein seine seinem seinen seiner seines selbst sich sie sind so sobald sodass
sofern sogar solche solchem solchen solcher solches soll sollen sollte sondern sonst soweit sowie über um und
uns unse unser unsere unserem unseren unserer unter viel vom von vor während wann war waren warum was weil
weiter welche welchem welchen welcher welches wenn wer werde werden wie wieder will wir wird wo wobei wodurch
wofür womit wurde wurden würde würden zu zum zur zwar zwischen
"""

_ENGLISH = """
a about above after again against all am an and any are as at be because been before being below between both
but by can cannot could did do does doing down during each few for from further had has have having he her
here hers herself him himself his how i if in into is it its itself let me more most my myself no nor not of
off on once only or other ought our ours ourselves out over own same she should so some such than that the
their theirs them themselves then there these they this those through to too under until up very was we were
what when where which while who whom why will with would you your yours yourself yourselves
"""

STOP_WORDS = {
    GERMAN: frozenset(fold(word, GERMAN) for word in _GERMAN.split()),
    ENGLISH: frozenset(fold(word, ENGLISH) for word in _ENGLISH.split()),
}


def is_stop_word(spelling: str, folded: str, language: str) -> bool:
    """True for function words; never for an abbreviation in capitals (IT, WIR)."""
    return folded in STOP_WORDS[language] and not (len(spelling) > 1 and spelling.isupper())
