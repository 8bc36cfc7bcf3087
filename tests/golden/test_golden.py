"""Golden sentences by language: the whole set of statements that each must give."""

import tomllib
from pathlib import Path

import pytest

from kg.extract.rules import RuleExtractor
from kg.model import Article, Role, Statement
from kg.parse import Parser

HERE = Path(__file__).parent


def cases(*, expected=True):
    found = []
    for path in sorted(HERE.glob("*/*.toml")):
        for number, case in enumerate(tomllib.loads(path.read_text(encoding="utf-8"))["case"], 1):
            marks = (
                [pytest.mark.xfail(reason=case["xfail"], strict=True)] if expected and "xfail" in case else []
            )
            name = f"{path.parent.name}-{path.stem}-{number}"
            found.append(pytest.param(path.parent.name, case, id=name, marks=marks))
    return found


@pytest.fixture(scope="session")
def parser():
    return Parser()


@pytest.fixture(scope="session")
def extractor():
    return RuleExtractor()


def described(statement: Statement, keys: set[str]) -> dict[str, object]:
    theme = statement.argument(Role.THEME)
    facts = {
        "source": statement.source,
        "target": statement.target,
        "relation": statement.relation.id,
        "type": statement.event_type,
        "status": statement.status.value,
        "polarity": statement.polarity.value,
        "attribution": [sayer.mention.text for sayer in statement.attribution],
        "theme": theme.mention.text if theme else None,
        "quantity": theme.quantity if theme else None,
        "unit": theme.unit if theme else None,
        "subject": statement.argument(Role.SUBJECT).mention.text,
        "object": statement.argument(Role.OBJECT).mention.text,
        "begins": statement.time.start.isoformat() if statement.time else None,
        "ends": statement.time.end.isoformat() if statement.time else None,
        "told": [[step.subject.text, step.link, step.object.text] for step in statement.told],
    }
    return {key: facts[key] for key in keys}


@pytest.mark.parametrize(("language", "case"), cases())
def test_sentence_gives_its_statements(language, case, parser, extractor):
    article = Article("golden", case["text"], language, published=case.get("published"))
    statements = extractor.extract(article, parser.parse(article))
    expected = case.get("statements", [])
    keys = set().union(*expected) if expected else {"source", "target", "type"}
    found = [described(statement, keys) for statement in statements]
    for wanted in expected:
        fitting = [facts for facts in found if all(facts[key] == value for key, value in wanted.items())]
        assert fitting, f"no {wanted} among {found}"
        found.remove(fitting[0])
    assert not found, "statements that the sentence doesn't make"


@pytest.mark.parametrize(("language", "case"), cases(expected=False))
def test_offsets_give_the_words(language, case, parser, extractor):
    article = Article("golden", case["text"], language, published=case.get("published"))
    statements = extractor.extract(article, parser.parse(article))
    assert extractor.needs_parse(article) or not statements
    for statement in statements:
        assert statement.evidence.span.of(article.text) == statement.evidence.quote
        for argument in statement.arguments:
            assert argument.mention.span.of(article.text) == argument.mention.text
        inside = statement.evidence.span
        assert inside.start <= statement.relation.span.start <= statement.relation.span.end <= inside.end
