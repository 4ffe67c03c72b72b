r"""Mend the MathML that docutils makes: limits, accents, fences, the names of functions.

It is called by ``mathml.py``, which marks what ``\\operatorname`` names with a final U+2061.
"""

import re
from xml.etree import ElementTree as ET

APPLY = "\u2061"  # function application: not seen, but a screen reader says "of"

_LIMITS = {"msub": "munder", "msup": "mover", "msubsup": "munderover"}
_SCRIPTS = {*_LIMITS, *_LIMITS.values()}  # their first child is what they are attached to
_CHILDREN = {"msubsup": 3, "munderover": 3} | dict.fromkeys(_SCRIPTS - {"msubsup", "munderover"}, 2)
_ROWS = {"math", "mrow", "mtd", "msqrt", "mphantom", "menclose"}
_TALL = {"mfrac", "mtable", "msqrt", "mroot", "munder", "mover", "munderover"}
_NAMES = {"lim", "sup", "inf", "max", "min", "exp", "log", "ln", "sin", "cos", "tan"}
_NAMES |= {"sinh", "cosh", "tanh", "arcsin", "arccos", "arctan", "arg", "det", "dim", "gcd", "Pr"}
_ACCENTS = {"ˉ": "¯", "~": "˜", "→": "\u20d7"}  # those that the font has
_OPEN, _CLOSE, _BARS = set("([{⟨⌈⌊"), set(")]}⟩⌉⌋"), set("|‖")
_FENCES = _OPEN | _CLOSE | _BARS | {"∣"}
_BEFORE_SIGN, _SIGNS = set("=<>≤≥≠≈≡∼∝∈→↦⋅×/,([{∣"), set("+−±")


def mend(tree: ET.Element) -> None:
    """Correct ``tree`` in place.

    Raises:
        ValueError: A part is missing, or a command was taken for text.
    """
    names = {node for node in tree.iter() if _clean(node)}
    for node in list(tree.iter()):
        if node.tag in _LIMITS and (_is_brace(node[0]) or node[0].get("movablelimits")):
            node.tag = _LIMITS[node.tag]
        if node.tag in _SCRIPTS:
            for operator in (found for script in node[1:] for found in script.iter("mo")):
                operator.attrib |= {"lspace": "0", "rspace": "0"}  # scripts are set tight
        if node.tag in _ROWS:
            node[:] = _spaced(node, names)
    for node in list(tree.iter()):
        node[:] = [_styled(child) for child in node]


def _clean(node: ET.Element) -> bool:
    """Correct one node by itself, and say whether it is the name of a function."""
    text, node.tail = (node.text or "").strip(" \n"), None
    if len(node) != _CHILDREN.get(node.tag, 2 if node.tag in ("mfrac", "mroot") else len(node)):
        raise ValueError("an argument is missing")
    marked = node.tag == "mi" and text.endswith(APPLY)
    node.text = text.rstrip(f"*{APPLY}").replace(r"\,", "\u2009") if marked else text
    if marked and "*" in text:
        node.tag, node.attrib = "mo", {"movablelimits": "true"}
    if node.tag == "mtext":
        node.text = re.sub(r"\\([#$%&_{}])", r"\1", text)
    if "\\" in node.text and node.text != "\\":
        raise ValueError(f"a command among the words {node.text!r}")
    if node.get("class") == "capital-greek" or node.text == "∇":
        node.attrib = {"mathvariant": "normal"}  # upright, as in TeX
    elif node.get("class") == "ams-align":
        node.set("displaystyle", "true")
    elif node.tag == "mover" and node.get("accent") == "true" and node[1].text in _ACCENTS:
        node[1].text = _ACCENTS[node[1].text]
        node[1].attrib = {"stretchy": str(node[1].text == "\u20d7").lower()}
    if node.tag == "mo" and (marked or text in _NAMES):  # an operator only for its limits
        node.attrib |= {"lspace": "0", "rspace": "0"}
    return marked or text in _NAMES


def _is_brace(node: ET.Element) -> bool:
    """Say whether ``node`` is an underbrace or an overbrace, whose script is a label."""
    return node.tag in ("munder", "mover") and node[1].text in ("⏟", "⏞")


def _core(node: ET.Element) -> ET.Element:
    """Return what the scripts and limits of ``node`` are attached to."""
    return _core(node[0]) if node.tag in _SCRIPTS else node


def _is_plain(node: ET.Element) -> bool:
    """Say whether ``node`` is neither an operator nor a space."""
    return node.tag not in ("mo", "mspace")


def _spaced(row: ET.Element, names: set[ET.Element]) -> list[ET.Element]:
    """Return the children of ``row``, with the spaces that TeX gives to names, signs and fences."""
    children = [child for child in row if child.text != APPLY]
    tall = any(part.tag in _TALL or part.text in ("∑", "∏", "∫") for part in row.iter())
    cores = [_core(child) for child in children]
    lefts, rights = [None, *cores][:-1], [*cores, None][1:]
    spaced: list[ET.Element] = []
    for node, core, left, right in zip(children, cores, lefts, rights, strict=True):
        if core in names and left is not None and left not in names:
            spaced += [_thin()] * (_is_plain(left) or left.text in _CLOSE)  # a log b
        spaced.append(node)
        if core in names and right is not None:
            first = right[0] if right.tag == "mrow" and len(right) else right
            before_term = _is_plain(right) or right in names or right.text in _SIGNS | _BARS
            if first.text in _OPEN or before_term:
                spaced.append(_apply())
            spaced += [_thin()] * (before_term and first.text not in _OPEN)  # log b, but log(b)
        before = "" if left is None else left.text
        if core.text in _SIGNS and (left in names or before in _BEFORE_SIGN):
            core.set("form", "prefix")  # = −1, not = − 1
        if core.text in _BARS | {"/"}:
            core.attrib |= {"lspace": "0", "rspace": "0"}
        paired = row.tag == "mrow" and node in (children[0], children[-1])  # by \left and \right
        sized = "minsize" in core.attrib  # by \Big
        if core.text in _FENCES and not (tall and paired):  # Chromium makes what stretches wide
            core.set("stretchy", "true" if sized else "false")
    return spaced


def _styled(node: ET.Element) -> ET.Element:
    """Return ``node``, in an ``<mstyle>`` if it has a style of its own: ePub allows that nowhere else."""
    own = {"scriptlevel"} if node.tag == "mtable" else {"displaystyle", "scriptlevel"}
    own &= node.attrib.keys()
    if node.tag == "mstyle" or not own:
        return node
    wrapper = ET.Element("mstyle", {name: node.attrib.pop(name) for name in sorted(own)})
    wrapper.append(node)
    return wrapper


def _thin() -> ET.Element:
    return ET.Element("mspace", width="0.1667em")


def _apply() -> ET.Element:
    mark = ET.Element("mo")
    mark.text = APPLY
    return mark
