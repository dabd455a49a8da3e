"""Other names of the same thing that questions ask for: countries and cities that changed theirs, elements and their signs."""

import re
from functools import cache

from graders.wording import ARTICLES, tokens

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
Kraków|Cracow|Krakau|Cracovie
Wrocław|Breslau
Bratislava|Pressburg
Lviv|Lemberg|Lwów
Aachen|Aix-la-Chapelle
Strasbourg|Straßburg
Antwerp|Antwerpen|Anvers
Ghent|Gent|Gand
Bruges|Brugge
Basel|Basle|Bâle
Lucerne|Luzern
Nuremberg|Nürnberg
Hanover|Hannover
Genoa|Genova
Padua|Padova
Mantua|Mantova
Syracuse|Siracusa
Saragossa|Zaragoza
Cordoba|Córdoba
Havana|La Habana
Teheran|Tehran
Belgrade|Beograd
Bucharest|București
Gothenburg|Göteborg
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
Germany|Deutschland|Allemagne|Alemania|Germania|Alemanha
Spain|España|Spanien|Espagne|Spagna|Espanha
Italy|Italia|Italien|Italie|Itália
France|Frankreich|Francia|França
Austria|Österreich|Autriche
Switzerland|Schweiz|Suisse|Suiza|Svizzera|Suíça
Japan|Nippon|Japon|Japón|Giappone|Japão
England|Angleterre|Inglaterra|Inghilterra
Scotland|Schottland|Écosse|Escocia|Scozia|Escócia
Ireland|Irland|Irlande|Irlanda|Éire
United Kingdom|Vereinigtes Königreich|Royaume-Uni|Reino Unido|Regno Unito
United States|Vereinigte Staaten|États-Unis|Estados Unidos|Stati Uniti|Vereinigte Staaten von Amerika|États-Unis d'Amérique
Netherlands|Niederlande|Pays-Bas|Países Bajos|Paesi Bassi|Países Baixos|Nederland
Belgium|Belgien|Belgique|Bélgica|Belgio|België
Denmark|Dänemark|Danemark|Dinamarca|Danimarca|Danmark
Sweden|Schweden|Suède|Suecia|Svezia|Suécia|Sverige
Norway|Norwegen|Norvège|Noruega|Norvegia|Norge
Finland|Finnland|Finlande|Finlandia|Finlândia|Suomi
Poland|Polen|Pologne|Polonia|Polônia|Polska
Hungary|Ungarn|Hongrie|Hungría|Ungheria|Hungria|Magyarország
Greece|Griechenland|Grèce|Grecia|Grécia
Turkey|Türkei|Turquie|Turquía|Turchia|Turquia|Türkiye
Russia|Russland|Russie|Rusia|Rússia
Ukraine|Ucrania|Ucraina|Ucrânia
Romania|Rumänien|Roumanie|Rumanía|Romênia
Croatia|Kroatien|Croatie|Croacia|Croazia|Croácia|Hrvatska
Egypt|Ägypten|Égypte|Egipto|Egitto|Egito
Morocco|Marokko|Maroc|Marruecos|Marocco|Marrocos
South Africa|Südafrika|Afrique du Sud|Sudáfrica|Sudafrica|África do Sul
China|Chine|Cina
India|Indien|Inde
Brazil|Brasilien|Brésil|Brasil|Brasile
Mexico|Mexiko|Mexique|México|Messico
Argentina|Argentinien|Argentine
Canada|Kanada|Canadá
Australia|Australien|Australie
Europe|Europa
Africa|Afrika|Afrique
London|Londres|Londra
Paris|Parigi
Lisbon|Lissabon|Lisbonne|Lisbona
Warsaw|Warschau|Varsovie|Varsovia|Varsavia
Moscow|Moskau|Moscou|Moscú|Mosca
Prague|Prag|Praga
Vienna|Vienne|Viena
Copenhagen|Kopenhagen|Copenhague|Copenaghen
Geneva|Genf|Ginevra|Ginebra|Genebra
Brussels|Brüssel|Bruselas|Bruxelas
Munich|Monaco di Baviera
Athens|Athen|Athènes|Atenas|Atene
Rome|Rom
Milan|Mailand|Milán|Milão
Naples|Neapel|Nápoles
Venice|Venedig|Venise|Venecia|Veneza
Florence|Florenz|Florencia|Florença
Beijing|Pékin|Pekín|Pechino|Pequim
New York|Nueva York|Nova York|Nova Iorque
Danube|Donau|Danubio
Rhine|Rhein|Rhin|Rin
diverges|divergent|it diverges
converges|convergent|it converges
increases|increasing|it increases
decreases|decreasing|it decreases
anticlockwise|counterclockwise|counter-clockwise|anti-clockwise
World War I|Erster Weltkrieg|Première Guerre mondiale|Primera Guerra Mundial|Prima guerra mondiale|Primeira Guerra Mundial
World War II|Zweiter Weltkrieg|Seconde Guerre mondiale|Segunda Guerra Mundial|Seconda guerra mondiale
Monday|Mon|Montag|lundi|lunes|lunedì|segunda-feira
Tuesday|Tue|Tues|Dienstag|mardi|martes|martedì|terça-feira
Wednesday|Wed|Mittwoch|mercredi|miércoles|mercoledì|quarta-feira
Thursday|Thu|Thur|Thurs|Donnerstag|jeudi|jueves|giovedì|quinta-feira
Friday|Fri|Freitag|vendredi|viernes|venerdì|sexta-feira
Saturday|Sat|Samstag|Sonnabend|samedi|sábado|sabato
Sunday|Sun|Sonntag|dimanche|domingo|domenica
January|Januar|Jänner|janvier|enero|gennaio|janeiro
February|Februar|février|febrero|febbraio|fevereiro
March|März|marzo|março
April|avril|abril|aprile
May|Mai|mayo|maggio|maio
June|Juni|juin|junio|giugno|junho
July|Juli|juillet|julio|luglio|julho
August|août|agosto
September|septembre|septiembre|settembre|setembro
October|Oktober|octobre|octubre|ottobre|outubro
November|novembre|noviembre|novembro
December|Dezember|décembre|diciembre|dicembre|dezembro
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
lithium|Li
beryllium|Be
boron|B
fluorine|F
neon|Ne
argon|Ar
titanium|Ti
chromium|Cr
manganese|Mn
cobalt|Co
nickel|Ni
bromine|Br
krypton|Kr
strontium|Sr
cadmium|Cd
iodine|I
xenon|Xe
caesium|cesium|Cs
barium|Ba
tungsten|wolfram|W
platinum|Pt
bismuth|Bi
polonium|Po
radon|Rn
radium|Ra
thorium|Th
plutonium|Pu
technetium|Tc
sulfur|sulphur|S
phosphorus|P
water|H2O|H₂O
carbon dioxide|CO2|CO₂
table salt|sodium chloride|NaCl
methane|CH4
ammonia|NH3
Louvre|Louvre Museum|Musée du Louvre
Prado|Prado Museum|Museo del Prado
Uffizi|Uffizi Gallery
Hermitage|Hermitage Museum|State Hermitage Museum
Guggenheim|Guggenheim Museum
Harvard|Harvard University
Yale|Yale University
Stanford|Stanford University
Cornell|Cornell University
Rio|Rio de Janeiro
Harry Potter and the Philosopher's Stone|Harry Potter and the Sorcerer's Stone
Aurora Borealis|Northern Lights
soccer|association football|football
vitamin C|ascorbic acid
greater than|>
less than|<
photovoltaic|PV
ethanol|ethyl alcohol|C2H5OH|CH3CH2OH
methanol|methyl alcohol|CH3OH
acetic acid|ethanoic acid|CH3COOH
formic acid|methanoic acid|HCOOH
acetone|propanone|CH3COCH3
glucose|C6H12O6
sucrose|C12H22O11
benzene|C6H6
ethane|C2H6
propane|C3H8
butane|C4H10
ethylene|ethene|C2H4
acetylene|ethyne|C2H2
ozone|O3
hydrogen peroxide|H2O2
carbon monoxide|CO
sulfur dioxide|sulphur dioxide|SO2
nitrogen dioxide|NO2
nitrous oxide|laughing gas|N2O
hydrogen sulfide|hydrogen sulphide|H2S
hydrochloric acid|hydrogen chloride|HCl
sulfuric acid|sulphuric acid|H2SO4
nitric acid|HNO3
phosphoric acid|H3PO4
sodium hydroxide|caustic soda|NaOH
potassium hydroxide|KOH
calcium carbonate|CaCO3
calcium oxide|quicklime|CaO
sodium bicarbonate|sodium hydrogen carbonate|baking soda|NaHCO3
sodium carbonate|Na2CO3
potassium permanganate|KMnO4
silver nitrate|AgNO3
copper sulfate|copper(II) sulfate|CuSO4
magnesium oxide|MgO
iron(III) oxide|ferric oxide|Fe2O3
up|upward|upwards
down|downward|downwards
left|to the left|leftward|leftwards
right|to the right|rightward|rightwards
Eiffel Tower|Tour Eiffel|Eiffelturm|Torre Eiffel
Beijing|北京|Пекин|Pékin|Pekín|Pechino
Tokyo|東京|东京|Токио
China|中国|中國|Китай
Japan|日本|Япония
Shanghai|上海
Hong Kong|香港
Taipei|台北|臺北
Kyoto|京都
Osaka|大阪
Seoul|서울|首尔|Сеул
South Korea|한국|대한민국|韩国
Russia|Россия|俄罗斯
United States|USA|美国|アメリカ|США
United Kingdom|UK|英国|イギリス
France|法国|フランス|Франция|فرنسا
Germany|德国|ドイツ|Германия|ألمانيا
Paris|巴黎|パリ|Париж|باريس
London|伦敦|倫敦|ロンドン|Лондон|لندن
Berlin|柏林|ベルリン|Берлин
Rome|罗马|ローマ|Рим
New York City|纽约|ニューヨーク|Нью-Йорк
Moscow|莫斯科|モスクワ|Москва
Cairo|القاهرة|开罗
Egypt|مصر|埃及
Saudi Arabia|السعودية
Athens|Αθήνα|Афины
Greece|Ελλάδα|Греция
Delhi|दिल्ली
India|भारत|印度
Jerusalem|ירושלים|القدس
Israel|ישראל
"""


@cache
def _groups() -> dict[tuple[str, ...], frozenset[int]]:
    found: dict[tuple[str, ...], frozenset[int]] = {}
    for number, line in enumerate(_NAMES.strip().splitlines()):
        for name in line.split("|"):
            key = _key(name)
            found[key] = found.get(key, frozenset()) | {number}
    return found


_SIGNED = re.compile(r"^[-−+±]|[=≤≥≠^*/\\|√]|\S\s*[<>]|[<>]\s*\S")
"""Signs that no name has, and of which its words tell nothing."""


def _key(text: str) -> tuple[str, ...]:
    words = tokens(text)
    return tuple(word for word in words if word not in ARTICLES) or words or (text.strip(),)


def alias(one: str, two: str) -> bool:
    """Whether two texts are names of the same thing."""
    if len(one) > 60 or len(two) > 60 or any(_SIGNED.search(text) for text in (one, two)):
        return False
    return bool(_groups().get(_key(one), frozenset()) & _groups().get(_key(two), frozenset()))


@cache
def _linked() -> dict[int, int]:
    """The groups that have a name in common, by one of them."""
    first = {number: number for numbers in _groups().values() for number in numbers}
    for numbers in _groups().values():
        ends = {first[number] for number in numbers}
        first = {number: min(ends) if end in ends else end for number, end in first.items()}
    return first


def known_apart(one: str, two: str) -> bool:
    """Whether two texts are both known names, of things that have no name in common, and neither is part of the other."""
    if set(_key(one)) <= set(_key(two)) or set(_key(two)) <= set(_key(one)):
        return False
    if min(len(one), len(two)) < 4 or any(_SIGNED.search(text) for text in (one, two)):
        return False
    mine, theirs = ({_linked()[group] for group in _groups().get(_key(text), ())} for text in (one, two))
    return bool(mine and theirs) and not mine & theirs
