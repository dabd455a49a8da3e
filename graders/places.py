# ruff: noqa: E501, SIM905  (word lists are data: broken up they cannot be read)
"""Towns that everybody knows, each with its names in other languages; and what a bare name in a text may be instead of a town."""

from graders.names import folded

_SPELLINGS = (
    "paris|parigi",
    "london|londres|londra",
    "berlin|berlino",
    "madrid",
    "rome|roma|rom",
    "vienna|wien|vienne",
    "munich|munchen|muenchen|monaco di baviera",
    "cologne|koln|koeln|colonia",
    "prague|praha|prag|praga",
    "warsaw|warszawa|warschau|varsovie",
    "lisbon|lisboa|lissabon|lisbonne",
    "moscow|moskva|moskau|moscou",
    "geneva|genf|geneve|ginevra",
    "zurich|zuerich|zurigo",
    "milan|milano|mailand",
    "naples|napoli|neapel",
    "venice|venezia|venedig|venise",
    "florence|firenze|florenz",
    "turin|torino",
    "genoa|genova|genua",
    "copenhagen|kobenhavn|kopenhagen",
    "athens|athina|athen|athenes",
    "brussels|bruxelles|brussel",
    "antwerp|antwerpen|anvers",
    "hague|den haag|la haye",
    "bucharest|bucuresti|bukarest",
    "belgrade|beograd|belgrad",
    "seville|sevilla",
    "nuremberg|nurnberg|nuernberg",
    "hanover|hannover",
    "gothenburg|goteborg",
    "krakow|cracow|krakau",
    "kyiv|kiev",
    "istanbul|constantinople",
    "beijing|peking|pekin",
    "shanghai",
    "guangzhou|canton",
    "mumbai|bombay",
    "kolkata|calcutta",
    "chennai|madras",
    "bengaluru|bangalore",
    "delhi|new delhi",
    "ho chi minh city|saigon",
    "yangon|rangoon",
    "tokyo|tokio",
    "cairo|kairo|le caire",
    "mexico city|ciudad de mexico",
    "new york|new york city|nyc",
    "los angeles",
    "washington|washington dc|washington d.c.",
    "san francisco",
    "las vegas|vegas",
    "philadelphia|philly",
    "saint petersburg|st petersburg|leningrad",
)
_ALONE = (
    "amsterdam rotterdam utrecht eindhoven ghent luxembourg strasbourg lyon marseille nice toulouse bordeaux nantes lille barcelona valencia malaga bilbao porto dublin cork "
    "belfast edinburgh glasgow manchester liverpool birmingham leeds bristol sheffield cardiff oxford cambridge hamburg frankfurt stuttgart dusseldorf dortmund leipzig dresden bremen "
    "bonn bern basel salzburg graz innsbruck linz budapest sofia zagreb ljubljana sarajevo skopje tirana bratislava vilnius riga tallinn helsinki stockholm malmo oslo bergen reykjavik "
    "minsk odesa lviv ankara izmir tbilisi yerevan baku tehran baghdad damascus beirut amman jerusalem riyadh jeddah doha dubai muscat kuwait karachi lahore islamabad kabul dhaka "
    "kathmandu colombo hyderabad pune jaipur bangkok hanoi singapore jakarta manila denpasar seoul busan osaka kyoto nagoya sapporo fukuoka taipei shenzhen wuhan chengdu tianjin "
    "lagos accra nairobi kampala dakar casablanca rabat marrakesh tunis algiers tripoli khartoum johannesburg durban pretoria harare lusaka luanda kinshasa chicago boston seattle "
    "houston dallas austin denver phoenix miami atlanta detroit portland orlando minneapolis cleveland baltimore pittsburgh nashville honolulu anchorage toronto montreal vancouver "
    "ottawa calgary edmonton winnipeg havana bogota medellin lima quito caracas santiago montevideo brasilia recife sydney melbourne brisbane perth adelaide canberra auckland "
    "wellington christchurch palermo bologna verona pisa"
).split()
_SEVERAL = (
    "abu dhabi|tel aviv|hong kong|kuala lumpur|cape town|addis ababa|san diego|san jose|san antonio|new orleans|salt lake city|kansas city|buenos aires|rio de janeiro|sao paulo|"
    "la paz|panama city|quebec city|phnom penh"
).split("|")
_TOWNS = {
    name: group[0]
    for group in (*(s.split("|") for s in _SPELLINGS), *([n] for n in (*_ALONE, *_SEVERAL)))
    for name in group
}


def known_town(name: str) -> str | None:
    """One name for each town that everybody knows, whatever the language; None for any other."""
    return _TOWNS.get(" ".join(folded(word) for word in name.split()))
