# ruff: noqa: E501  (lists of words are data: they read best unbroken)
"""The language of a query, by its script and its commonest words: a light look, for telling whether a query is in the language asked for.

Short queries, lists of names and formulas tell nothing: the answer then is None, and nothing is rejected for it.
"""

import re
import unicodedata
from collections import Counter

from scenarios.gates.words import words

_SCRIPTS = {"HIRAGANA": "ja", "KATAKANA": "ja", "HANGUL": "ko", "CJK": "zh", "GREEK": "el", "HEBREW": "he", "THAI": "th",
            "DEVANAGARI": "hi", "BENGALI": "bn", "TAMIL": "ta", "ARABIC": "ar"}  # fmt: skip
_COMMON = {
    "en": "the of and to in is what how which for with that was are this from by who when where many much does did my i you it on at please can could have has",
    "de": "der die das und ist wie was welche welcher welches für mit dem den des ein eine einer nicht von wann wer wo viele viel ich du sie es auf im zu bitte kann hat wurde",
    "fr": "le la les des et est quel quelle quels combien pour avec dans que qui une un du au en sur je vous il elle ce cette sont quand où pas peux peut a été",
    "es": "el la los las de y es qué cuál cuánto cuántos cuántas para con en que una un del por se yo usted cuándo dónde no puede son está fue como cómo al",
    "it": "il lo la i gli le di e è che quale quanto quanti quante per con nel della dei una un del si quando dove non puoi sono come dal alla chi",
    "pt": "o a os as de e é qual quanto quantos quantas para com em que uma um do da no na por se quando onde não pode são como foi ao dos",
    "nl": "de het een en is wat hoe welke voor met van in dat die op wanneer waar wie hoeveel niet kan zijn er te aan ik je door wordt werd naar",
    "sv": "den det en ett och är vad hur vilken vilket för med av i som på när var vem många inte kan har jag du till från om",
    "da": "den det en et og er hvad hvordan hvilken hvilket for med af i som på hvornår hvor hvem mange ikke kan har jeg du til fra om",
    "pl": "w i na jest jak ile który która które dla z do nie co to się kiedy gdzie kto czy od po przez ma są jaki jaka jakie",
    "cs": "v a na je jak kolik který která které pro s do ne co to se kdy kde kdo od po má jsou jaký jaká jaké že ve",
    "tr": "ve bir bu ne kaç hangi için ile mi mı nasıl nerede zaman kim var olan da de çok ben sen değil kadar olarak",
    "id": "dan yang di apa berapa untuk dengan dari ini itu adalah bagaimana kapan mana siapa tidak ke pada dapat saya anda ada",
    "fi": "ja on mikä mitä kuinka paljon monta missä milloin kuka ei se että kun voi ovat oli miten mistä mihin tai joka",
    "hu": "a az és egy mi hogy hány mennyi melyik mikor hol ki nem van meg volt hogyan milyen vagy ez",
    "ro": "și este ce cum cât câți câte care pentru cu din la un o de pe în când unde cine nu sunt a fost sau",
    "vi": "là và của có bao nhiêu gì nào cho với trong khi ở đâu ai không được tôi bạn này một những",
    "ru": "и в на что как сколько какой какая какие для с по не это когда где кто из у от был была есть или",
    "uk": "і в на що як скільки який яка які для з по не це коли де хто із у від був була є або та",
}  # fmt: skip
_LISTS = {language: frozenset(text.split()) for language, text in _COMMON.items()}
LANGUAGES = tuple(sorted({*_LISTS, *_SCRIPTS.values()}))
_CODE = re.compile(r"```.*?```|`[^`]*`|https?://\S+", re.DOTALL)


def language_of(text: str) -> str | None:
    """The language as ISO 639-1 says it, None where the text does not tell."""
    plain = _CODE.sub(" ", text[:5000])
    letters = Counter(_script(sign) for sign in plain if sign.isalpha())
    total = sum(letters.values())
    if not total:
        return None
    if (letters["HIRAGANA"] + letters["KATAKANA"]) > 0.1 * total:
        return "ja"
    script, count = letters.most_common(1)[0]
    if script in _SCRIPTS:
        return _SCRIPTS[script] if count > 0.4 * total else None
    return _by_words(words(plain))


def is_in(text: str, language: str) -> bool:
    """Whether nothing speaks against the text being in this language."""
    found = language_of(text)
    return found is None or found == language.partition("-")[0].casefold() or language not in LANGUAGES


def _by_words(said: list[str]) -> str | None:
    """The language with most of its commonest words; None where few are met, or another has nearly as many."""
    score = Counter({language: sum(word in known for word in said) for language, known in _LISTS.items()})
    (best, most), (_, second) = score.most_common(2)
    clear = most >= 2 and most >= 0.12 * len(said) and (most - second >= 2 or most >= 2 * second)
    return best if clear else None


def _script(sign: str) -> str:
    return "LATIN" if sign.isascii() else unicodedata.name(sign, "?").split()[0]
