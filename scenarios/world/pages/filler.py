"""Sentences that state no fact: they give pages their length, and share their words with pages that do."""

from scenarios.world.draws import Draw

REMARKS = (
    "Further details can be had from the county archive on request.",
    "Older accounts differ in spelling, which has led to some confusion among readers.",
    "The entry was last revised by the editors after a visit on the spot.",
    "Photographs of the period are rare and of poor quality.",
    "A longer treatment is planned for the next volume.",
    "Much of what was written earlier rests on hearsay and is left out here.",
    "Readers with corrections are asked to write to the editorial office.",
    "The subject has drawn the interest of amateurs as well as scholars.",
    "Several letters in private hands throw more light on the matter.",
    "There is no agreement on how the name should be pronounced.",
    "Guides mention it briefly, and usually in the same breath as its neighbours.",
    "Opinions about its importance have shifted more than once.",
    "A small exhibition on the topic toured the schools of the region.",
    "The sources used for this text were checked by two readers.",
    "It remains a favourite topic of school essays.",
    "Nothing in the papers consulted speaks against this account.",
    "The wording follows the official register wherever possible.",
    "Some of the older documents were lost when a cellar was flooded.",
    "Anniversaries are marked with speeches and a modest lunch.",
    "What is said in guidebooks is not always reliable.",
    "A folder of cuttings is kept at the reading room.",
    "Those who know it well speak of it with affection.",
    "The editors thank all correspondents for their patience.",
    "Comparisons with similar cases should be drawn with care.",
)

ESSAY_OPENINGS = (
    "Few questions reach this desk as often as the one about the {label} of {name}.",
    "How does one establish the {label} of {name}, or of any of the {plural} in the books?",
    "A reader wonders why sources rarely agree when the {label} of {name} comes up.",
    "The {plural} of the region, {name} among them, are a favourite subject of statisticians.",
    "Whoever writes about {plural} must sooner or later deal with the {label}, and {name} makes no exception.",
)
ESSAY_BODIES = (
    "The usual method is to compare the register with the accounts and to trust neither alone.",
    "Without the original papers in hand, any statement about the {label} should be treated with reserve.",
    "The same goes for the {second}, which is often mixed up with the {label} by hurried writers.",
    "This column does not repeat what the register says; it asks how such entries come about.",
    "In most cases the clerk simply copied what was reported, and only later visits brought corrections.",
    "The term itself is younger than most people think and was once used in a wider sense.",
    "Those who compare {plural} by their {label} alone miss half of the picture.",
    "Rules for recording the {second} were first set down in a circular that has since been lost.",
    "It would be wrong to blame the clerks, who had neither time nor training.",
    "A sound rule is to look the matter up in the entry itself and not in essays like this one.",
    "Where the {label} is disputed, the older entry is not always the better one.",
    "Some {plural} have never had their {second} recorded at all, and nobody seems to mind.",
)
ESSAY_TITLES = (
    "On the {label} of {plural}",
    "Notes about {label} and {second}",
    "How the {label} of {name} is looked up",
    "Questions around {name}",
    "Why the {second} of {plural} is hard to compare",
)
SMALLEST_PAGE = 64


def fill(paragraphs: list[str], draw: Draw) -> str:
    """The paragraphs as one text, lengthened with remarks of their own paragraph where it is short."""
    words = sum(p.count(" ") + 1 for p in paragraphs)
    remarks: list[str] = []
    start, step = draw.below(len(REMARKS)), 0
    while words < SMALLEST_PAGE or step == 0:
        remark = REMARKS[(start + 7 * step) % len(REMARKS)]
        remarks.append(remark)
        words += remark.count(" ") + 1
        step += 1
    return "\n\n".join([*paragraphs, " ".join(remarks)])
