"""References by author and year: "Su et al. [2021]" in a page, "[Su et al., 2021]" in the list."""

# pybtex has no types.
# mypy: disable-error-code="import-untyped,misc"

import re
from collections import defaultdict
from typing import Any

from pybtex.database import Entry, Person
from pybtex.plugin import register_plugin
from pybtex.style.formatting import BaseStyle, toplevel
from pybtex.style.formatting.unsrt import pages
from pybtex.style.labels import BaseLabelStyle
from pybtex.style.template import field, first_of, href, join, optional, sentence, tag
from sphinx.application import Sphinx

OTHERS = Person("others")


def label(entry: Entry) -> str:
    """Return "Su et al., 2021", with the authors as the text names them.

    The .bib file is Unicode, so names are read as they stand: decoding LaTeX takes pybtex long.
    """
    people = entry.persons["author"]
    last = [re.sub("[{}]", "", " ".join([*p.prelast_names, *p.last_names])) for p in people]
    who = " and ".join(last) if len(last) < 3 else f"{last[0]} et al."
    return f"{who}, {entry.fields['year']}"


def order(entry: Entry) -> tuple[str, str]:
    """Return what the list is sorted by.  Unlike pybtex's own, it sees no braces and no case."""
    return label(entry).casefold(), entry.fields["title"].casefold()


class Labels(BaseLabelStyle):
    """Author and year."""

    def format_labels(self, entries: list[Entry]) -> list[str]:
        """Return the label of every entry."""
        return [label(entry) for entry in entries]


class References(BaseStyle):
    """Authors, title, venue, year and one link: the same for every type of entry."""

    default_name_style = "plain"
    default_label_style = "book"
    default_sorting_style = "none"

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.sort = lambda entries: sorted(entries, key=order)

    def __getattr__(self, name: str) -> Any:
        """Serve pybtex's ``get_TYPE_template`` for whatever type an entry has."""
        if name.startswith("get_"):
            return self.template
        raise AttributeError(name)

    def template(self, entry: Entry) -> Any:
        """Return what pybtex fills in."""
        people = entry.persons["author"]
        names = [self.format_name(person) for person in people if person != OTHERS]
        names += ["et al."] * (OTHERS in people)
        volume = join[" ", field("volume"), optional["(", field("number"), ")"]]
        venue = first_of[
            optional[tag("em")[field("journal")], optional[volume], optional[":", pages]],
            optional["In ", tag("em")[field("booktitle")], optional[", pages ", pages]],
            *(optional[field(f)] for f in ("publisher", "school", "institution", "howpublished")),
            "",
        ]
        doi = entry.fields.get("doi")
        url = f"https://doi.org/{doi}" if doi else entry.fields.get("url")
        link = href(url)[url] if url else ""  # written out: on paper and in ePub it needs no note
        about = sentence(sep=", ")[names], sentence[field("title")], sentence[venue, field("year")]
        return toplevel[*about, link]


def settle(app: Sphinx) -> None:
    """Tell works of the same authors and year apart by a letter, in the order of the list."""
    same = defaultdict(list)
    for entry in app.env.get_domain("cite").data["bibdata"].data.entries.values():
        if entry.persons["author"][1:] == [OTHERS]:
            entry.persons["author"].append(OTHERS)  # three people: the text says "et al."
        same[label(entry)].append(entry)
    for entries in same.values():
        for i, entry in enumerate(sorted(entries, key=order)):
            entry.fields["year"] += chr(ord("a") + i) if len(entries) > 1 else ""


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the style ``book``, and settle the entries once they are read."""
    register_plugin("pybtex.style.labels", "book", Labels)
    register_plugin("pybtex.style.formatting", "book", References)
    app.connect("builder-inited", settle, priority=600)  # sphinxcontrib.bibtex reads at 500
    return {"parallel_read_safe": True, "parallel_write_safe": True}
