# ruff: noqa: E501, SIM905  (word lists are data: broken up they cannot be read)
"""People by their last name: "Obama" for "Barack Obama". Read only where the first word is a common given name, so that
"Guinea" is not taken for "Papua New Guinea"; a last name that two famous people of different given names share is left open."""

import re

from graders.names import folded
from graders.wording import FIRMS, TITLES

_GIVEN = frozenset(
    "aaron abraham ada adam adolf adrian agatha alan albert alessandro alex alexander alexandre alexei alfred alice allen amelia amy ana andre andrea andreas andrei andrew andy angela ann anna anne "
    "annie anthony antoine anton antonio aristotle arnold arthur audrey august auguste aung ava barack barbara benedict benjamin bernard bernhard bertrand bill billy bob boris brad brian bruce "
    "carl carlos caroline catherine cate charles charlie charlotte chris christian christina christopher claude clara clint colin conrad cristiano daniel dante david dean dennis denzel diana diego "
    "dmitri donald dorothy douglas dwight edgar edith edmund eduard edvard edward edwin eleanor elizabeth ella elon emil emily emma emmanuel enrico eric erich ernest ernst erwin eugene eva evelyn "
    "federico felix ferdinand fernando florence fidel frances francesco francis francisco frank franklin franz frederic frederick frida friedrich fritz fyodor gabriel galileo gary gene geoffrey george "
    "gerald gerhard giacomo gianni gilbert giovanni giuseppe gordon greta gregor grace graham greg guglielmo gustav gustave guy hank hannah hans harold harper harriet harrison harry heinrich helen henri henrik "
    "henry herbert herman hermann hillary homer howard hugh hugo humphrey ian igor immanuel indira ingmar ingrid irene isaac isabel isabella ivan jack jackie jacob jacques james jan jane janet jason jawaharlal "
    "jay jean jeff jennifer jeremy jerry jesse jessica jim jimmy joan joe joel johann johannes john johnny jon jonas jonathan jorge jose josef joseph joshua jodie juan judith jules julia julian julie "
    "julius justin karen karl kate katherine katharine kathryn keanu keith ken kenneth kevin kurt larry lars laura lauren lawrence lech leo leon leonard leonardo leonhard leonid leslie lev lewis liam linda linus lionel lisa "
    "lise louis louisa louise luca lucas lucy ludwig luigi luis luke mahatma malcolm marc marcel marco margaret maria marie mario marilyn mark marlon martha martin mary mathew matt matthew max maximilien "
    "maya meg mel meryl michael michel michelangelo miguel mikhail mike miles milton mohandas mohamed molly morgan muhammad nadia nancy naomi narendra natalie neil nelson niccolo nicholas nick nicolas nicolaus nicole niels nikita nikola "
    "nikolai noam noel norman oliver olivia orson oscar otto pablo patricia patrick paul paula pedro penelope percy peter phil philip pierre pyotr quentin rachel ralph raymond rebecca rembrandt rene richard ridley "
    "rita robert roberto robin rod roger roald roland ronald rosa rosalind ruth ryan salman salvador sam samuel sandra sarah scott sean sebastian serena sergei sharon sigmund simon sofia sophia sophie stanley stefan stephen steve "
    "steven susan sylvia theodor theodore theresa thomas tim timothy toby tom toni tony tony ulysses umberto ursula usain vaclav valentina vera victor vincent vladimir virginia walt walter warren wayne werner "
    "wilhelm will william winston wolfgang woodrow woody yuri yves zoe".split()
)
_SHARED = frozenset(
    "adams bach bernoulli bernstein bronte bush clinton curie darwin dumas grimm huxley james johnson jackson jones kennedy king lee lewis mann marx miller brown roosevelt scott shelley smith strauss taylor thomas "
    "washington williams wilson wright young white green hill wood lincoln austin madison houston stewart scott douglas".split()
)
_FIRST = frozenset(
    "napoleon michelangelo rembrandt galileo dante raphael titian beyonce rihanna elvis adele pele plato virgil ovid caravaggio donatello ronaldinho shakira madonna cleopatra buddha voltaire moliere nostradamus".split()
)
"""People known by the first of their names."""
_PARTICLES = frozenset("san santa van von de der den da di del della la le du of the bin ibn al el".split())
_WORD = re.compile(r"[^\W\d_][\w'’.-]*")


def by_last_name(long: str, short: str) -> bool:
    """Whether the shorter text is the last name of the person that the longer one names in full."""
    full, last = _WORD.findall(long), _WORD.findall(short)
    if len(full) > 1 and len(last) == 1 and folded(full[0]) == folded(last[0]) and folded(last[0]) in _FIRST:
        return not any(c.isdigit() for c in long) and not re.search(r"\b[IVX]+\b", long)
    if (
        2 <= len(last) < len(full) <= 4
        and full[-len(last) :] == last
        and long.istitle()
        and last[-1].lower() not in _COMMON
    ):
        return not {folded(w) for w in full} & _NO_PERSON and "," not in long
    if not last or not 2 <= len(full) <= 5 or len(full) <= len(last) or "," in long or any(c.isdigit() for c in long):
        return False
    names = [w for w in full if folded(w) not in _PARTICLES]
    if any(w[0].islower() for w in names) or not (
        folded(full[0]) in _GIVEN or all(re.fullmatch(r"[A-Z]\.?", w) for w in full[:-1])
    ):
        return False
    folded_last = [folded(w) for w in last]
    if folded_last[-1] in _SHARED or [folded(w) for w in full[-len(last) :]] != folded_last:
        return False
    return all(folded(w) in _PARTICLES for w in last[:-1])


_COMMON = frozenset(
    "adams anderson brown bush clark davis harris jackson johnson jones king lee lewis martin miller moore scott smith taylor thomas wallace white williams wilson wright young".split()
)
"""Last names so common that another middle name may be another person: "John Quincy Adams"."""


_NO_PERSON = frozenset(
    "new north south east west northern southern eastern western central united great saint san santa los las el upper lower royal national american british international world first second third red white black blue green "
    "state states city county town university college school institute tech bank league conference cup war party union club team river lake mount island islands islets street road avenue bridge museum park house court act treaty battle "
    "company corporation inc group department ministry office society association church order and for in on at to "
    "prize award medal war empire republic kingdom day eve theorem principle effect model method theory system language sea ocean gulf strait canal desert valley hall house center centre station airport church cathedral "
    "temple tower palace castle building square garden gardens stadium arena theatre theater opera symphony orchestra festival press times post journal news herald magazine review network records studios pictures".split()
)
"""Words that no name of a person holds: "Washington State University" is no Washington University."""


def same_but_middle(long: str, short: str) -> bool:
    """Whether two names of a person are the same but for middle names that one leaves out."""
    full, some = ([folded(w) for w in _WORD.findall(text)] for text in (long, short))
    full, some = (words[1:] if words and words[0] in TITLES else words for words in (full, some))
    if not 2 <= len(some) < len(full) <= 5 or full[0] != some[0] or full[-1] != some[-1] or re.search(r"[,\d]", long):
        return False
    if full[-1] in _COMMON or any(w in _PARTICLES | _NO_PERSON for w in full):
        return False
    rest = iter(full[1:-1])
    return all(word in rest for word in some[1:-1])


_NICKNAMED = re.compile(
    r"(?P<first>[^\W\d_]\S*)(?P<middle>(?:\s\S+)*?)\s[\"“'(](?P<nick>[^\W\d_]\w+)[\"”')]\s(?P<last>[^\W\d_]\S+)"
)
_ALSO = re.compile(
    r"(.{2,60}?),?\s+\(?(?:also\s+known\s+as|also\s+called|now(?:\s+known\s+as)?|formerly(?:\s+known\s+as)?|previously(?:\s+known\s+as)?|better\s+known\s+as|born|née|a\.?k\.?a\.?|or\s+simply)\s+([^(),]{2,60})\)?",
    re.IGNORECASE,
)
_CALLING = re.compile(
    r"(?:[Tt]he\s+|[Aa]n?\s+)?(?:[A-Z][a-z]+(?:an|ish|ese|ch|ek|i|ic)\s+)?((?:[a-z][a-z-]*\s+){1,5})((?:[A-Z]\.\s?)*[A-ZÀ-Þ][\w'’.-]{2,}(?:\s+(?:(?:of|de|van|von|da|di|la)\s+)?[A-ZÀ-Þ][\w'’.-]*)*)"
)
_PLACE = re.compile(
    r"(?:the\s+)?(?:city|town|village|state|island|country|planet|river|port|borough|month|year|word|letter|element)\s+of\s+(\S.{1,40})",
    re.IGNORECASE,
)
_BESIDE = re.compile(
    r"(?!.*\b(?:Prize|Award|Medal|Bachelor|Master)\b)([A-ZÀ-Þ]\w+(?:\s[A-ZÀ-Þ]\w+)+)\s+in\s+(?:the\s+)?[A-ZÀ-Þ][^,;]{2,30}|([A-ZÀ-Þ][^,;]{2,50}),\s+(?:in|on|at|from|with|during|who|which|when|where|since)\s[^,;]+"
)
_SHORT = re.compile(r"(.{4,80}?)\s*\((?=[^()]*[A-Z\d][^()]*[A-Z\d])([A-Z][\w.&]{1,12})\)")
_OFFICE = re.compile(
    r"(?:the\s+)?(?:(?:former|late|then|current)\s+)?(?:(?:[A-Z][a-z]+\s+)?Prime\s+Minister|(?:[A-Z][A-Za-z.]+\s+)?Vice\s+President|(?:[A-Z][A-Za-z.]+\s+)?President|Chief\s+Justice|Attorney\s+General|Secretary\s+of\s+State|First\s+Lady)\s+([A-Z].{2,50})"
)
_TITLED = re.compile(r"(?:the\s+)?(?:[a-z]+\s+){1,3}[\"“]([^\"“”]+)[\"”]")
_WORK = re.compile(r"[\"“*_]*([A-Z][^,;\"“”]{2,60}?)[\"”*_]*\s+by\s+[A-Z][^,;]{2,40}")
_OWNED = re.compile(
    r"(?!.*\b(?:Years|Months|Weeks|Days|Hours)['’]\s)(?:[A-ZÀ-Þ][\w.-]*\s+){1,3}[A-ZÀ-Þ][\w.-]*['’]s?\s+([A-ZÀ-Þ].{2,60})|[A-ZÀ-Þ][\w.-]+['’]s?\s+([A-ZÀ-Þ]\S+\s.{2,60})"
)
_CALLED_SO = re.compile(
    r"(?:the\s+)?(?:colou?r|letter|element|planet|word|symbol|character|key|note|month|continent|metal|gas)\s+(\S{1,30})"
)
_RAISED = re.compile(r"(?:\w+\.)*([A-Z]\w+(?:Error|Exception|Warning)):\s.{1,150}")
_SUBTITLE = re.compile(r"[A-ZÀ-Þ].{2,40}?(?::|\s[–—-])\s+([A-ZÀ-Þ][^:–—]{2,60})")
_SUCH = re.compile(r"(?:in\s+)?(?:an?\s+|the\s+)?([a-z-]{4,})\s+(?:direction|manner|fashion|process)")
_ONE_NAME = (_SUBTITLE, _SUCH, _RAISED, _OWNED, _CALLED_SO, _PLACE, _BESIDE, _OFFICE, _TITLED, _WORK)
_NO_CALLING = frozenset(
    "early late upper lower north south east west northern southern eastern western non anti pre post ex former future mid second new old young of by in from not or to at on with than for about after before near like both neither either is was and or und et y".split()
)


def also_named(text: str) -> tuple[str, ...]:
    """The names of what has two ("Bombay (now Mumbai)"), and that behind a calling ("the physicist Marie Curie")."""
    if len(text) > 200:
        return ()
    if m := (_ALSO.fullmatch(text) or _SHORT.fullmatch(text)):
        return m[1].strip(), m[2].strip()
    if m := _NICKNAMED.fullmatch(text):
        return f"{m['first']}{m['middle']} {m['last']}", f"{m['nick']} {m['last']}"
    if m := next((m for pattern in _ONE_NAME if (m := pattern.fullmatch(text))), None):
        return tuple(name for name in m.groups() if name)
    called = _CALLING.fullmatch(text)
    return (called[2],) if called and not _NO_CALLING & set(called[1].split()) else ()


_SMALL = frozenset("of the and for in on de la del du des et y e und".split())


def acronym(short: str, long: str) -> bool:
    """Whether the shorter text is made of the first letters of the longer one's words: "WHO", "NBA"; three letters at least."""
    letters = short.replace(".", "")
    if not (3 <= len(letters) <= 7 and letters.isalpha() and letters.isupper()):
        return False
    words = re.findall(r"[^\W\d_]+", long)
    words = words[:-1] if len(words) > 3 and folded(words[-1]) in FIRMS else words
    main = [w[0].upper() for w in words if folded(w) not in _SMALL]
    return len(main) >= 3 and letters in ("".join(main), "".join(w[0].upper() for w in words))
