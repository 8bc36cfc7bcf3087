"""Function words with their features: prepositions, conjunctions, articles, auxiliaries, clitics."""

from __future__ import annotations

from training.grammar.phrases import Phrase, Word

_PERSONAL = "Number={number}|Person=3|PronType=Prs|Strength=Weak"
_PREPOSITION = "AdpType=Prep|Case=Acc"
_CASES = {
    "asupra": "Gen",
    "împotriva": "Gen",
    "potrivit": "Dat",
    "conform": "Dat",
    "contra": "Gen",
    "înaintea": "Gen",
}
_FIXED = {
    "de către": ("de", "către"),
    "față de": ("față", "de"),
    "precum și": ("precum", "și"),
    "după ce": ("după", "ce"),
    "în timp ce": ("în", "timp", "ce"),
    "pentru că": ("pentru", "că"),
    "de la": ("de", "la"),
    "din partea": ("din", "partea"),
    "înainte de": ("înainte", "de"),
    "din cauza": ("din", "cauza"),
    "în ciuda": ("în", "ciuda"),
    "împreună cu": ("împreună", "cu"),
    "alături de": ("alături", "de"),
}
_PLAIN = {
    "nu": ("nu", "PART", "Polarity=Neg"),
    "să": ("să", "PART", "Mood=Sub"),
    "a": ("a", "PART", "PartType=Inf"),
    "că": ("că", "SCONJ", "Polarity=Pos"),
    "dacă": ("dacă", "SCONJ", "Polarity=Pos"),
    "deși": ("deși", "SCONJ", "Polarity=Pos"),
    "deoarece": ("deoarece", "SCONJ", "Polarity=Pos"),
    "ca": ("ca", "SCONJ", "Polarity=Pos"),
    "și": ("și", "CCONJ", "Polarity=Pos"),
    "sau": ("sau", "CCONJ", "Polarity=Pos"),
    "dar": ("dar", "CCONJ", "Polarity=Pos"),
    "iar": ("iar", "ADV", "_"),
    "precum": ("precum", "ADV", "PronType=Int,Rel"),
    "ce": ("ce", "PRON", "Case=Acc,Nom|Person=3|PronType=Int,Rel"),
    "care": ("care", "PRON", "Case=Acc,Nom|Person=3|PronType=Int,Rel"),
    "când": ("când", "ADV", "PronType=Int,Rel"),
    "față": ("față", "ADV", "Degree=Pos"),
    "înainte": ("înainte", "ADV", "Degree=Pos"),
    "împreună": ("împreună", "ADV", "Degree=Pos"),
    "alături": ("alături", "ADV", "Degree=Pos"),
    "timp": ("timp", "NOUN", "Definite=Ind|Gender=Masc|Number=Sing"),
    "cauza": ("cauză", "NOUN", "Case=Acc,Nom|Definite=Def|Gender=Fem|Number=Sing"),
    "partea": ("parte", "NOUN", "Case=Acc,Nom|Definite=Def|Gender=Fem|Number=Sing"),
    "ciuda": ("ciudă", "NOUN", "Case=Acc,Nom|Definite=Def|Gender=Fem|Number=Sing"),
    "lui": ("lui", "DET", "Case=Dat,Gen|Definite=Def|Number=Sing|PronType=Art"),
    "un": ("un", "DET", "Case=Acc,Nom|Gender=Masc|Number=Sing|PronType=Ind"),
    "o": ("un", "DET", "Case=Acc,Nom|Gender=Fem|Number=Sing|PronType=Ind"),
    "unui": ("un", "DET", "Case=Dat,Gen|Gender=Masc|Number=Sing|PronType=Ind"),
    "unei": ("un", "DET", "Case=Dat,Gen|Gender=Fem|Number=Sing|PronType=Ind"),
    "unor": ("un", "DET", "Case=Dat,Gen|Number=Plur|PronType=Ind"),
    "niște": ("niște", "DET", "Person=3|PronType=Ind"),
    "se": ("sine", "PRON", "Case=Acc|Person=3|PronType=Prs|Reflex=Yes|Strength=Weak"),
    "s-": ("sine", "PRON", "Case=Acc|Person=3|PronType=Prs|Reflex=Yes|Strength=Weak|Variant=Short"),
}
_POSSESSIVE = {
    ("m", False): ("al", "Gender=Masc|Number=Sing"),
    ("f", False): ("a", "Gender=Fem|Number=Sing"),
    ("m", True): ("ai", "Gender=Masc|Number=Plur"),
    ("f", True): ("ale", "Gender=Fem|Number=Plur"),
}


def plain(form: str, rel: str, entity: str = "") -> Phrase:
    """A function word of one form in a relation."""
    lemma, upos, feats = _PLAIN[form]
    return Phrase(Word(form, lemma, upos, feats, entity), rel)


def preposition(form: str, entity: str = "") -> Phrase:
    """A preposition of one or more words as `case`, further words being `fixed`."""
    first, *rest = _FIXED.get(form, (form,))
    return Phrase(
        _particle(first, entity), "case", right=tuple(Phrase(_particle(word), "fixed") for word in rest)
    )


def conjunction(form: str, rel: str) -> Phrase:
    """A conjunction of one or more words, further words being `fixed`."""
    first, *rest = _FIXED.get(form, (form,))
    return Phrase(_particle(first), rel, right=tuple(Phrase(_particle(word), "fixed") for word in rest))


def _particle(form: str, entity: str = "") -> Word:
    if form in _PLAIN:
        lemma, upos, feats = _PLAIN[form]
        return Word(form, lemma, upos, feats, entity)
    return Word(
        form, form, "ADP", f"AdpType=Prep|Case={_CASES[form]}" if form in _CASES else _PREPOSITION, entity
    )


def punctuation(form: str) -> Phrase:
    """A punctuation mark."""
    return Phrase(Word(form, form, "PUNCT"), "punct")


def possessive(gender: str, is_plural: bool, entity: str = "") -> Phrase:
    """The possessive article that agrees with what is possessed: al, a, ai, ale."""
    form, feats = _POSSESSIVE[gender, is_plural]
    return Phrase(Word(form, "al", "DET", f"{feats}|Poss=Yes|PronType=Prs", entity), "det")


def auxiliary(kind: str, is_plural: bool) -> Phrase:
    """The auxiliary of the perfect ("a"), the future ("va") or the conditional ("ar")."""
    if kind == "ar":
        return Phrase(Word("ar", "avea", "AUX", "Person=3"), "aux")
    form, lemma = {"a": ("au" if is_plural else "a", "avea"), "va": ("vor" if is_plural else "va", "vrea")}[
        kind
    ]
    return Phrase(Word(form, lemma, "AUX", f"Number={'Plur' if is_plural else 'Sing'}|Person=3"), "aux")


def dative_clitic(is_plural: bool, short: bool, rel: str) -> Phrase:
    """The weak dative pronoun of the third person."""
    feats = "Case=Dat|" + _PERSONAL.format(number="Plur" if is_plural else "Sing")
    form = ("le-" if is_plural else "i-") if short else ("le" if is_plural else "îi")
    return Phrase(Word(form, "el", "PRON", feats + "|Variant=Short" * short), rel)


def accusative_clitic(gender: str, is_plural: bool, short: bool, rel: str) -> Phrase:
    """The weak accusative pronoun of the third person; the short feminine singular follows the participle."""
    number = "Plur" if is_plural else "Sing"
    name = "Fem" if gender == "f" else "Masc"
    long_form, short_form = {
        ("m", False): ("îl", "l-"),
        ("f", False): ("o", "-o"),
        ("m", True): ("îi", "i-"),
        ("f", True): ("le", "le-"),
    }[gender, is_plural]
    feats = f"Case=Acc|Gender={name}|" + _PERSONAL.format(number=number)
    return Phrase(
        Word(short_form if short else long_form, "el", "PRON", feats + "|Variant=Short" * short), rel
    )
