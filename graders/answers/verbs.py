# ruff: noqa: E501  (word lists are data: broken up they cannot be read)
"""The words by which a sentence is known to say something of something. Limits: common verbs of English, and "is", "has" and "became" in five other languages."""

import re

VERB = re.compile(
    r"\b(?:is|was|are|were|be|been|has|have|had|became|called|does|did|says?|said|wrote|made|took|came|got|won|lost|lies|"
    r"can|could|might|must|should|shall|cannot|held|kept|met|sent|built|bought|sold|caught|taught|brought|thought|felt|heard|paid|broke|froze|stole|shook|wore|blew|left|led|meant|rode|rang|sank|sought|spread|struck|fed|fled|fought|hung|hid|lent|understood|withdrew|hit|beat|shot|sat|slept|spent|"
    r"plays?|deals?|ends?|starts?|begins?|contains?|means?|refers?|occurs?|belongs?|serves?|includes?|provides?|uses?|features?|holds?|happens?|appears?|remains?|needs?|works?|reads?|writes?|shows?|"
    r"tells?|consists?|depends?|produces?|receives?|covers?|measures?|reaches|opens?|closes?|causes?|creates?|describes?|represents?|forms?|focus(?:es)?|offers?|requires?|supports?|allows?|helps?|"
    r"sells?|buys?|pays?|earns?|owns?|teaches|speaks?|wins?|loses?|scores?|directs?|hosts?|stars?|sings?|visits?|travels?|arrives?|departs?|leaves|boils?|freezes|melts?|orbits?|borders|flows|"
    r"lasts?|takes?|costs?|weighs?|gives?|makes?|comes?|equals?|get|found|find|believe|obtain|conclude|deduce|yields?|arrive|went|goes|leads|ran|runs|sang|began|stood|stands|lives?|spoke|flew|fell|rose|grew|drew|gave|knew|swam|threw|wore|chose|drove|overtook|overcame|arose|bore|clung|crept|dealt|dug|drank|ate|forgot|forgave|knelt|laid|mistook|outdid|saw|shone|shrank|slid|sprang|strode|strove|swore|swept|swung|tore|trod|undertook|upheld|wept|wove|hangs|think|would|will|"
    r"ist|sind|war|waren|lautet|beträgt|hat|wurde|est|sont|était|fut|es|son|fue|era|tiene|è|sono|é|são|foi|born|[a-z]{3,}ed)\b"
    r"|\b(?:[Ii]t|[Hh]e|[Ss]he|[Tt]hat|[Tt]here)['’]s\b|^(?:The|An?|His|Her|Its|Their)\s+(?:[a-z-]+\s+){1,3}?[a-z]{3,}s\s+(?:the|an?|its|his|her|\d)\b|^(?:It|He|She|They|This|That|We|I|You)\s+[a-z]{3,}s?\b|^(?:The\s+)?[A-ZÀ-Þ][\w'-]*(?:\s+[A-ZÀ-Þ][\w'-]*){0,3}\s+[a-z]{3,}s\b(?=(?:\s+\S+){2})"
)


def is_sentence(text: str) -> bool:
    """Whether a text says something of something: it has a verb that is no name, and four words or more."""
    return len(text.split()) >= 4 and bool(VERB.search(re.sub(r"\\[a-zA-Z]+", " ", text)))
