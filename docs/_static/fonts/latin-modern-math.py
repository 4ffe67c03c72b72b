"""Make the book's mathematics font: a subset of Latin Modern Math, renamed as its license asks.

    python docs/_static/fonts/latin-modern-math.py /path/to/latinmodern-math.otf

The font comes with TeX Live (package lm-math) and with Debian (package fonts-lmodern).
"""

import argparse
from pathlib import Path

from fontTools.subset import Options, Subsetter, load_font, save_font
from fontTools.ttLib import TTFont

FONT = Path(__file__).with_suffix(".woff2")
ORIGIN = "https://ctan.org/tex-archive/fonts/lm-math"
NAME = "LLM Book Math"  # "Latin Modern Math" and "LatinModernMath-Regular" are to be changed
SYMBOLS = (
    "–—‘’“”•…′″‴‖ˆˇ˘˙˚˜¬\u2009\u202f"
    "ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩαβγδεζηθικλμνξοπρςστυφχψωϑϕϖϰϱϵ"
    "ℂℍℕℙℚℝℤℎℏℓ℘ℜℑℵℬℰℱℋℐℒℳℛ"
    "←↑→↓↔↕↗↘↦↩↪⇐⇑⇒⇓⇔⟵⟶⟷⟸⟹⟺⟼"
    "∀∁∂∃∄∅∆∇∈∉∋∌∏∐∑−∓∖∗∘∙√∝∞∠∣∤∥∦∧∨∩∪∫∬∮∴∵∶"
    "∼≁≃≄≅≈≉≐≔≕≠≡≢≤≥≦≧≪≫≮≯≰≱≲≳≺≻≼≽⩽⩾"
    "⊂⊃⊄⊅⊆⊇⊈⊉⊊⊋⊎⊕⊖⊗⊘⊙⊢⊣⊤⊥⊨⋀⋁⋂⋃⋄⋅⋆⋮⋯⋰⋱⌈⌉⌊⌋⟦⟧⟨⟩⏞⏟□■△●"
)
CHARACTERS = (
    *range(0x20, 0x7F),  # Latin,
    *range(0xA0, 0x100),  # with the accents that \text may need
    *(0x302, 0x303, 0x304, 0x305, 0x332, 0x338, 0x20D7),  # accents that stretch
    *range(0x1D400, 0x1D4D0),  # bold, italic, bold italic, script
    *range(0x1D538, 0x1D56C),  # blackboard bold
    *range(0x1D5A0, 0x1D5D4),  # sans serif
    *range(0x1D670, 0x1D6A4),  # monospace
    *range(0x1D6A8, 0x1D756),  # Greek: bold, italic, bold italic
    *range(0x1D7CE, 0x1D7E2),  # digits: bold, blackboard bold
    *map(ord, SYMBOLS),
)
PRIMES = {0x2032: "minute.st", 0x2033: "uni2033.st", 0x2034: "uni2034.st"}
WIDE = {"underscore": "overlinecmb", "asciicircum": "circumflexcmb", "asciitilde": "tildecomb"}


def adapt(font: TTFont) -> None:
    """Do in the font what browsers leave undone.

    They do not ask for the primes that were drawn for a superscript, so those become the primes.
    They stretch ``_ ^ ~`` over a term, as MathML says; the font stretches the combining accents.
    """
    for table in font["cmap"].tables:
        table.cmap |= PRIMES
    variants = font["MATH"].table.MathVariants
    constructions = dict(
        zip(variants.HorizGlyphCoverage.glyphs, variants.HorizGlyphConstruction, strict=True)
    )
    for plain, combining in WIDE.items():
        constructions[plain] = constructions[combining]
    glyphs = sorted(constructions, key=font.getGlyphID)
    variants.HorizGlyphCoverage.glyphs = glyphs
    variants.HorizGlyphConstruction = [constructions[glyph] for glyph in glyphs]
    variants.HorizGlyphCount = len(glyphs)


def rename(font: TTFont) -> None:
    """Give the font a name of its own and say what was changed; keep whose work it is."""
    names, cff = font["name"], font["CFF "].cff
    plain = NAME.replace(" ", "")
    version = names.getDebugName(5)
    new = {1: NAME, 3: f"{plain}; {version}", 4: NAME, 6: f"{plain}-Regular", 16: NAME}
    new[10] = f"Changed from a part of Latin Modern Math 1.959, which is at {ORIGIN}."
    for record in list(names.names):
        if record.nameID in (16, 17, 18, 21, 22):
            names.removeNames(nameID=record.nameID)
    for number, text in new.items():
        names.setName(text, number, 3, 1, 0x409)
    cff.fontNames = [new[6]]
    cff[0].FullName = cff[0].FamilyName = NAME


def main() -> None:
    """Read the font that the command line names and write the subset beside this script."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("source", type=Path, help="latinmodern-math.otf")
    parser.add_argument("--out", type=Path, default=FONT)
    arguments = parser.parse_args()
    options = Options(
        flavor="woff2",
        drop_tables=["FFTM"],  # FontForge's dates
        desubroutinize=True,  # WOFF2 packs plain outlines better
        hinting=False,
        layout_features=[],  # forms for scripts (ssty) would double the size
        name_IDs=["*"],
        notdef_outline=True,
    )
    font = load_font(str(arguments.source), options)
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=CHARACTERS, glyphs=PRIMES.values())
    subsetter.subset(font)
    adapt(font)
    rename(font)
    save_font(font, str(arguments.out), options)
    print(f"{arguments.out}: {arguments.out.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
