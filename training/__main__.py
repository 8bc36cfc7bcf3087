"""Commands that train and evaluate the Romanian pipeline: `python -m training`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import spacy
import typer

from training.blending import blend
from training.card import write_card
from training.corpora import (
    CorporaError,
    Recipe,
    build_ner_files,
    build_parser_files,
    build_plain_files,
    check_corpora,
)
from training.evaluation import evaluate as measure
from training.evaluation import write_table
from training.pipeline import Models, assemble, put_in_place, save
from training.pipeline import train as train_part

BUILD = Path("training/build")
app = typer.Typer(add_completion=False, help="Train and evaluate the Romanian pipeline.")
CorporaFolder = Annotated[Path, typer.Argument(help="The folder of the corpora.", file_okay=False)]


def _check(corpora: Path) -> None:
    try:
        check_corpora(corpora)
    except CorporaError as error:
        raise typer.BadParameter(str(error)) from error


@app.command()
def train(
    corpora: CorporaFolder,
    out: Annotated[Path, typer.Option(help="The folder of the finished pipeline.")] = Path(
        "kg/lang/ro/pipeline"
    ),
    build: Annotated[Path, typer.Option(help="A folder for documents and models in the making.")] = BUILD,
) -> None:
    """Train every part, put the pipeline together, measure it and write its card."""
    _check(corpora)
    recipe = Recipe()
    plain = train_part("parser", build_plain_files(corpora, build, recipe), build / "plain")
    more = train_part("parser-more", build_parser_files(corpora, build, recipe), build / "parser", plain)
    models = Models(
        parser=blend(plain, more, build / "blend"),
        ner=train_part("ner", build_ner_files(corpora, build, recipe), build / "ner", plain),
    )
    _finish(models, corpora, out, recipe)


@app.command(name="assemble")
def assemble_again(
    parser: Annotated[Path, typer.Argument(help="The folder of the trained tagger, lemmatizer and parser.")],
    ner: Annotated[Path, typer.Argument(help="The folder of the trained entity recogniser.")],
    corpora: CorporaFolder,
    out: Annotated[Path, typer.Option(help="The folder of the finished pipeline.")] = Path(
        "kg/lang/ro/pipeline"
    ),
) -> None:
    """Put trained parts together, measure them and write the card, without training."""
    _check(corpora)
    _finish(Models(parser, ner), corpora, out, Recipe())


def _finish(models: Models, corpora: Path, out: Path, recipe: Recipe) -> None:
    draft = out.with_name(out.name + ".draft")
    save(assemble(models), draft)
    nlp = spacy.load(draft)
    figures = {split: measure(nlp, corpora, split) for split in ("dev", "test")}
    put_in_place(draft, out, figures["test"].as_dict(), write_card(figures, recipe.stripped))
    typer.echo(write_table(figures))
    for name, (score, least) in figures["test"].shortfalls.items():
        typer.echo(f"below what is required: {name} {score} < {least}", err=True)


@app.command()
def evaluate(
    pipeline: Annotated[
        Path, typer.Argument(help="The folder of the pipeline.", exists=True, file_okay=False)
    ],
    corpora: CorporaFolder,
) -> None:
    """Print the figures of a pipeline on the development and test splits, as JSON and as a table."""
    _check(corpora)
    nlp = spacy.load(pipeline)
    figures = {split: measure(nlp, corpora, split) for split in ("dev", "test")}
    typer.echo(json.dumps({split: values.as_dict() for split, values in figures.items()}, indent=2))
    typer.echo(write_table(figures))


if __name__ == "__main__":
    app()
