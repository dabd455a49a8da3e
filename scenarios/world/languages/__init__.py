"""The languages other than English that pages may be written in."""

from scenarios.world.languages.base import Language
from scenarios.world.languages.french import FRENCH
from scenarios.world.languages.german import GERMAN

LANGUAGES: dict[str, Language] = {language.code: language for language in (GERMAN, FRENCH)}

__all__ = ["LANGUAGES", "Language"]
