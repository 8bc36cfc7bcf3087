"""Articles and statements made up for the tests of graphs and the page; no extraction is needed for them."""

import random
from datetime import date, timedelta
from typing import Any

from kg.model import (
    Actor,
    ActorKind,
    Argument,
    Article,
    Attribution,
    Evidence,
    Mention,
    MentionKind,
    Polarity,
    Relation,
    Role,
    Span,
    Statement,
    Status,
    TimeInterval,
    Triple,
)

STATES = {
    "RUS": ("Rusia", "Russia"), "UKR": ("Ucraina", "Ukraine"), "PRK": ("Coreea de Nord", "North Korea"),
    "KOR": ("Coreea de Sud", "South Korea"), "USA": ("Statele Unite", "United States"),
    "TUR": ("Turcia", "Turkey"), "POL": ("Polonia", "Poland"), "HUN": ("Ungaria", "Hungary"),
    "SVK": ("Slovacia", "Slovakia"), "ROU": ("România", "Romania"), "MDA": ("Republica Moldova", "Moldova"),
    "FIN": ("Finlanda", "Finland"), "SWE": ("Suedia", "Sweden"), "SAU": ("Arabia Saudită", "Saudi Arabia"),
    "IRN": ("Iran", "Iran"), "CHN": ("China", "China"), "FRA": ("Franța", "France"),
    "NER": ("Niger", "Niger"), "MLI": ("Mali", "Mali"),
    "JPN": ("Japonia", "Japan"), "DEU": ("Germania", "Germany"),
    "EU": ("Uniunea Europeană", "European Union"), "NATO": ("NATO", "NATO"), "UN": ("ONU", "United Nations"),
}  # fmt: skip
RELATIONS = {
    "sendsWeaponsTo": ("AID", "trimite", "arme"),
    "sendsPersonnelTo": ("AID", "trimite", "geniști"),
    "visits": ("CONSULT", "vizitează", None),
    "negotiatesWith": ("CONSULT", "negociază", None),
    "accuses": ("ACCUSE", "acuză", None),
    "imposesSanctionsOn": ("SANCTION", "sancționează", None),
    "attacks": ("ASSAULT", "atacă", None),
    "sellsTo": ("COOPERATE", "vinde", "gaze"),
    "warns": ("THREATEN", "avertizează", None),
    "supports": ("SUPPORT", "sprijină", None),
    "deploysTroopsTo": ("MOBILIZE", "desfășoară", "trupe"),
    "urges": ("REQUEST", "îndeamnă", None),
    "promises": ("AGREE", "promite", "ajutor"),
}


def actor(code: str) -> Actor:
    kind = ActorKind.ORGANISATION if len(code) != 3 else ActorKind.STATE
    romanian, english = STATES.get(code, (f"Statul {code}", f"State {code}"))
    return Actor(code, kind, (("en", english), ("ro", romanian)), code)


def statement(
    article: str, source: str, target: str, relation: str = "sendsPersonnelTo", **changes: Any
) -> Statement:
    """The statement that `source` does so to `target`, and its sentence; `text` adds words behind it."""
    event, verb, theme = RELATIONS[relation]
    first, second = (actor(code).label("ro") for code in (source, target))
    quote = " ".join(word for word in (first, verb, theme, "–", second) if word) + changes.pop("text", ".")

    def mention(words: str, kind: MentionKind, after: int = 0) -> Mention:
        start = quote.index(words, after)
        return Mention(Span(article, start, start + len(words)), words, kind)

    said = mention(verb, MentionKind.THING, len(first))
    subject = mention(first, MentionKind.NAME)
    object_ = mention(second, MentionKind.NAME, len(first) + len(verb))
    arguments = [
        Argument(Role.SUBJECT, subject, actor(source)),
        Argument(Role.OBJECT, object_, actor(target)),
    ]
    told = [Triple(subject, verb, object_)]
    if theme:
        thing = mention(theme, MentionKind.THING, len(first) + len(verb))
        arguments.append(Argument(Role.THEME, thing))
        told = [Triple(subject, verb, thing), Triple(thing, "către", object_)]
    values = {
        "id": f"{article}-{source}-{relation}-{target}",
        "relation": Relation(f"sr:{relation}", verb, verb, said.span),
        "event_type": event,
        "mode": None,
        "contexts": (),
        "source": source,
        "target": target,
        "arguments": tuple(arguments),
        "told": tuple(told),
        "status": Status.ASSERTED,
        "polarity": Polarity.POSITIVE,
        "attribution": (),
        "time": None,
        "evidence": Evidence(Span(article, 0, len(quote)), quote, 0),
        "confidence": 0.86,
        "extractor": "test/1",
    }
    return Statement(**{**values, **changes})


def generate(number: int, states: int = 24, seed: int = 1) -> tuple[list[Statement], dict[str, Article]]:
    """That many statements between so many states, a few of which have most, and the articles by id."""
    chance = random.Random(seed)
    codes = list(STATES)[:states] + [f"X{index:02}" for index in range(states - len(STATES))]
    statements: list[Statement] = []
    articles: dict[str, Article] = {}
    while len(statements) < number:
        source, target = (codes[min(int(chance.expovariate(4 / states)), states - 1)] for _ in range(2))
        source = codes[len(statements)] if len(statements) < states else source
        if source == target:
            continue
        name = f"article-{len(articles)}"
        day = date(2025, 1, 1) + timedelta(chance.randrange(300))
        articles[name] = Article(
            name,
            "",
            "ro",
            f"Știre despre {source} și {target}",
            "Agenția",
            day.isoformat(),
            f"https://example.org/{name}",
        )
        spoken = Attribution(Mention(Span(name, 0, 5), "Șoigu", MentionKind.PERSON), None, "a declarat")
        agency = Attribution(Mention(Span(name, 0, 4), "TASS", MentionKind.MEDIUM), None, "potrivit")
        statements.append(
            statement(
                name,
                source,
                target,
                chance.choice(list(RELATIONS)),
                status=chance.choices(list(Status), [8, 3, 1, 2, 1])[0],
                polarity=chance.choices(list(Polarity), [9, 1])[0],
                attribution=chance.choice([(), (agency,), (spoken, agency)]),
                time=chance.choice([None, TimeInterval("luni", day, day + timedelta(1))]),
                confidence=chance.uniform(0.4, 0.95),
                text=chance.choice(
                    [".", ", potrivit TASS.", ", a declarat marți un oficial citat de presa locală."]
                ),
            )
        )
    return statements, articles
