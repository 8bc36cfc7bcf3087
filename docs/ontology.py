"""Writes the ontology as a page in each of its languages: `python docs/ontology.py build`."""

import sys
from pathlib import Path

from pylode import OntPub
from rdflib import DCTERMS, OWL, RDF, SKOS, Graph, Literal

from kg.ontology import ontology_path


def write_pages(folder: Path) -> list[Path]:
    """The paths of the pages that were written, `ontology.<language>.html`."""
    whole = Graph().parse(ontology_path("state-relations.ttl"))
    [ontology] = whole.subjects(RDF.type, OWL.Ontology)
    titles = whole.objects(ontology, DCTERMS.title)
    languages = sorted(str(title.language) for title in titles if isinstance(title, Literal))
    folder.mkdir(parents=True, exist_ok=True)
    pages = []
    for language in languages:
        pages.append(folder / f"ontology.{language}.html")
        OntPub(ontology=_in_language(whole, language)).make_html(destination=pages[-1])
    return pages


def _in_language(whole: Graph, language: str) -> Graph:
    """What the graph says in one language and in none; pyLODE runs the words of several together.

    Nor does it tell the title of a concept scheme from the ontology's own.
    """
    graph = Graph(namespace_manager=whole.namespace_manager)
    for triple in whole:
        if not isinstance(triple[2], Literal) or triple[2].language in (None, language):
            graph.add(triple)
    for scheme in whole.subjects(RDF.type, SKOS.ConceptScheme):
        graph.remove((scheme, None, None))
    return graph


if __name__ == "__main__":
    for written in write_pages(Path(sys.argv[1])):
        print(written)
