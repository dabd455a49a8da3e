"""French."""

from scenarios.world.languages.base import Language

FRENCH = Language(
    code="fr",
    place=2,
    lines=(
        "{Label} de {name} : {value}.",
        "Pour {name}, {label} : {value}.",
        "{name} – {label} : {value}.",
        "D'après le registre, voici {label} de {name} : {value}.",
    ),
    months=("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"),
    day="{day} {month} {year}",
    group="\u202f",
    point=",",
    units={
        "inhabitants": "habitants", "crowns": "couronnes", "stamps": "timbres", "hours": "heures", "employees": "salariés",
        "units": "unités", "days": "jours", "knots": "nœuds", "crates": "caisses", "visitors": "visiteurs", "entrants": "inscrits",
        "readings": "mesures", "items": "notices", "samples": "échantillons", "crossings": "passages", "lamps": "lampes",
    },
    quotes=("« ", " »"),
    title="{} (notice en français)",
    remarks=(
        "De plus amples renseignements sont conservés aux archives et communiqués sur demande.",
        "Les récits anciens diffèrent par l'orthographe, ce qui a souvent prêté à confusion.",
        "La notice a été revue pour la dernière fois après une visite sur place.",
        "Les photographies de l'époque sont rares et de mauvaise qualité.",
        "Un article plus long est prévu pour le prochain volume.",
        "Les lecteurs qui relèvent une erreur sont priés d'écrire à la rédaction.",
        "Les sources utilisées ont été relues par deux personnes.",
        "Les guides n'en parlent le plus souvent qu'en passant.",
    ),
)  # fmt: skip
