"""German."""

from scenarios.world.languages.base import Language

GERMAN = Language(
    code="de",
    place=1,
    lines=(
        "{Label} von {name}: {value}.",
        "Bei {name} lautet {label}: {value}.",
        "{name} – {label}: {value}.",
        "Laut Register ist {label} von {name} wie folgt eingetragen: {value}.",
    ),
    months=("Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember"),
    day="{day}. {month} {year}",
    group=".",
    point=",",
    units={
        "inhabitants": "Einwohner", "volumes": "Bände", "crowns": "Kronen", "stamps": "Briefmarken", "hours": "Stunden",
        "employees": "Beschäftigte", "units": "Stück", "days": "Tage", "litres": "Liter", "knots": "Knoten", "crates": "Kisten",
        "visitors": "Besuche", "entrants": "Teilnehmende", "clauses": "Absätze", "readings": "Messwerte", "items": "Nummern",
        "samples": "Proben", "crossings": "Überfahrten", "lamps": "Lampen",
    },
    quotes=("„", "“"),
    title="{} (deutscher Eintrag)",
    remarks=(
        "Weitere Einzelheiten liegen im Kreisarchiv und werden auf Anfrage mitgeteilt.",
        "Ältere Darstellungen weichen in der Schreibweise ab, was schon oft zu Verwechslungen geführt hat.",
        "Der Eintrag wurde zuletzt nach einem Besuch vor Ort durchgesehen.",
        "Fotografien aus jener Zeit sind selten und von geringer Güte.",
        "Eine ausführlichere Darstellung ist für den nächsten Band vorgesehen.",
        "Wer Fehler findet, wird gebeten, der Redaktion zu schreiben.",
        "Die verwendeten Quellen wurden von zwei Personen gegengelesen.",
        "In Reiseführern wird das Thema meist nur am Rande erwähnt.",
    ),
)  # fmt: skip
