"""Other names of the same thing that questions ask for: countries and cities that changed theirs, elements and their signs."""

from functools import cache

from graders.wording import tokens

_NAMES = """
Myanmar|Burma
Ivory Coast|Côte d'Ivoire
Czechia|Czech Republic
Eswatini|Swaziland
Sri Lanka|Ceylon
Thailand|Siam
Iran|Persia|Islamic Republic of Iran
Ethiopia|Abyssinia
Zimbabwe|Rhodesia
Timor-Leste|East Timor
Cape Verde|Cabo Verde
North Macedonia|Republic of North Macedonia
South Korea|Republic of Korea|Korea, South
North Korea|DPRK|Democratic People's Republic of Korea|Korea, North
China|People's Republic of China|PRC
Taiwan|Republic of China|Formosa
Democratic Republic of the Congo|DRC|DR Congo|Congo-Kinshasa|Zaire
Republic of the Congo|Congo-Brazzaville
East Germany|German Democratic Republic|GDR
West Germany|Federal Republic of Germany|FRG
Netherlands|Holland
Russia|Russian Federation
Vatican City|Holy See|Vatican
Belarus|Byelorussia|White Russia
Mumbai|Bombay
Kolkata|Calcutta
Chennai|Madras
Bengaluru|Bangalore
Beijing|Peking
Guangzhou|Canton
Ho Chi Minh City|Saigon
Istanbul|Constantinople
Kyiv|Kiev
Yangon|Rangoon
Gdańsk|Danzig
Volgograd|Stalingrad
Turin|Torino
Florence|Firenze
Venice|Venezia
Rome|Roma
Milan|Milano
Naples|Napoli
Munich|München
Cologne|Köln
Vienna|Wien
Prague|Praha
Lisbon|Lisboa
Copenhagen|København
Moscow|Moskva
Warsaw|Warszawa
Geneva|Genève
Brussels|Bruxelles|Brussel
Athens|Athina
Seville|Sevilla
The Hague|Den Haag
Germany|Deutschland
Spain|España
Italy|Italia
Austria|Österreich
Switzerland|Schweiz|Suisse
Japan|Nippon
Mao Zedong|Mao Tse-tung|Chairman Mao
Sun Yat-sen|Sun Yixian
Chiang Kai-shek|Jiang Jieshi
Muhammad Ali|Cassius Clay
Mark Twain|Samuel Clemens|Samuel Langhorne Clemens
George Orwell|Eric Arthur Blair|Eric Blair
Lewis Carroll|Charles Lutwidge Dodgson|Charles Dodgson
Mahatma Gandhi|Mohandas Gandhi|Mohandas K. Gandhi|Mohandas Karamchand Gandhi|Gandhi
Mother Teresa|Saint Teresa of Calcutta
Pelé|Edson Arantes do Nascimento
Everest|Mount Everest|Chomolungma|Sagarmatha
Denali|Mount McKinley
Uluru|Ayers Rock
Great Britain and Northern Ireland|United Kingdom of Great Britain and Northern Ireland|United Kingdom
WHO|World Health Organization
WTO|World Trade Organization
IMF|International Monetary Fund
NATO|North Atlantic Treaty Organization
NASA|National Aeronautics and Space Administration
FBI|Federal Bureau of Investigation
CIA|Central Intelligence Agency
BBC|British Broadcasting Corporation
MIT|Massachusetts Institute of Technology
UCLA|University of California, Los Angeles
DNA|deoxyribonucleic acid
RNA|ribonucleic acid
ATP|adenosine triphosphate
JFK|John F. Kennedy|John Fitzgerald Kennedy
FDR|Franklin D. Roosevelt|Franklin Delano Roosevelt
MLK|Martin Luther King|Martin Luther King Jr.
hydrogen|H
helium|He
carbon|C
nitrogen|N
oxygen|O
sodium|Na
magnesium|Mg
aluminium|aluminum|Al
silicon|Si
chlorine|Cl
potassium|K
calcium|Ca
iron|Fe
copper|Cu
zinc|Zn
silver|Ag
tin|Sn
gold|Au
mercury|Hg
lead|Pb
uranium|U
sulfur|sulphur|S
phosphorus|P
water|H2O|H₂O
carbon dioxide|CO2|CO₂
table salt|sodium chloride|NaCl
methane|CH4
ammonia|NH3
Aurora Borealis|Northern Lights
soccer|association football|football
vitamin C|ascorbic acid
greater than|>
less than|<
photovoltaic|PV
"""


@cache
def _groups() -> dict[tuple[str, ...], frozenset[int]]:
    found: dict[tuple[str, ...], frozenset[int]] = {}
    for number, line in enumerate(_NAMES.strip().splitlines()):
        for name in line.split("|"):
            key = _key(name)
            found[key] = found.get(key, frozenset()) | {number}
    return found


def _key(text: str) -> tuple[str, ...]:
    return tuple(word for word in tokens(text) if word != "the")


def alias(one: str, two: str) -> bool:
    """Whether two texts are names of the same thing."""
    if len(one) > 60 or len(two) > 60:
        return False
    return bool(_groups().get(_key(one), frozenset()) & _groups().get(_key(two), frozenset()))
