"""The mistakes that are made on purpose: a table of rules.  A new one is a function and a row of RULES.

A rule looks at one token and yields what could be wrong there: for each mistake a Change, or several that belong together.
"""

from dataclasses import dataclass

from .tokens import ASSIGNMENTS


@dataclass(frozen=True)
class Change:
    """Other text for [start, end) of the source."""

    start: int
    end: int
    text: str
    assigns: bool = False  # the expression to be chosen is an assignment
    statement: bool = False  # dropped as a whole


ARITHMETIC = {"+": "-", "-": "+", "*": "/", "/": "*", "%": "/", "&": "|", "|": "&", "^": "&", "<<": ">>", ">>": "<<"}
UPDATES = {"+=": "-=", "-=": "+=", "*=": "/=", "/=": "*=", "%=": "/=", "|=": "&=", "&=": "|=", "^=": "|="}
STEPS = {"++": "--", "--": "++"}
RELATIONAL = {
    "<": ("<=", ">="), "<=": ("<", ">"), ">": (">=", "<="), ">=": (">", "<"), "==": ("!=",), "!=": ("==",),
}
LOGICAL = {"&&": "||", "||": "&&"}
NAMES = {
    "min": "max", "max": "min", "min_element": "max_element", "max_element": "min_element", "all_of": "any_of",
    "any_of": "all_of", "front": "back", "back": "front", "lower_bound": "upper_bound", "upper_bound": "lower_bound",
    "floor": "ceil", "ceil": "floor",
}
TRUTHS = {"true": "false", "false": "true"}
COMMUTE = {"min", "max", "swap"}  # calls that do not care for the order of their arguments


def replaced(token, text, assigns=False):
    return Change(token.start, token.end, text, assigns)


def arithmetic(tokens, i):
    token = tokens[i]
    if token.infix and token.text in ARITHMETIC:
        yield replaced(token, ARITHMETIC[token.text])
    if token.text in UPDATES:
        yield replaced(token, UPDATES[token.text], assigns=True)
    if token.text in STEPS:
        yield replaced(token, STEPS[token.text])


def relational(tokens, i):
    token = tokens[i]
    if token.infix:
        for other in RELATIONAL.get(token.text, ()):
            yield replaced(token, other)
    if token.kind == "word" and token.text in NAMES and tokens[i + 1].text in ("(", "<"):
        yield replaced(token, NAMES[token.text])


def logical(tokens, i):
    token = tokens[i]
    if token.infix and token.text in LOGICAL:
        yield replaced(token, LOGICAL[token.text])
    if token.text == "!":
        yield replaced(token, "")
    if token.text == "(" and tokens[i - 1].text in ("if", "while") and token.partner > i:
        start, end = condition_in(tokens, i)
        if start <= end:
            whole = Change(tokens[start].start, tokens[start].start, "!(")
            yield whole, Change(tokens[end].end, tokens[end].end, ")")
            if tokens[i - 1].text == "if":
                yield Change(tokens[start].start, tokens[start].start, "false && ("), Change(
                    tokens[end].end, tokens[end].end, ")")


def condition_in(tokens, opening):
    """What a condition tests, behind what it declares; empty if the declaration is the test."""
    start, end = opening + 1, tokens[opening].partner - 1
    direct = [k for k in range(start, end + 1) if tokens[k].inside == opening]
    for k in direct:
        if tokens[k].text == ";":
            start = k + 1
    if any(tokens[k].text == "=" and k >= start for k in direct):
        return end + 1, end
    return start, end


def constant(tokens, i):
    token = tokens[i]
    if token.text in TRUTHS:
        yield replaced(token, TRUTHS[token.text])
    if token.kind != "number":
        return
    value = token.text
    if value in ("0", "0.0"):
        yield replaced(token, value.replace("0", "1", 1))
    elif value in ("1", "1.0"):
        yield replaced(token, value.replace("1", "0", 1))
        yield replaced(token, f"({value} + {value})")
    else:
        is_real = not value.startswith("0x") and any(mark in value for mark in ".eE")
        yield replaced(token, f"(2 * {value})" if is_real else f"({value} + 1)")


NO_STATEMENT = {
    "return", "throw", "using", "case", "default", "const", "constexpr", "static", "auto", "struct", "class", "enum",
    "template", "if", "for", "while", "do", "else", "switch", "try", "catch", "typedef", "namespace", "goto", "public",
    "private", "protected", "static_assert", "friend", "extern", "inline", "mutable", "explicit", "virtual", "operator",
    "expects",  # as long as the program is right, it does nothing
}


def statement(tokens, i):
    """An assignment, a call, or a jump; what declares or asserts something stays."""
    token, before = tokens[i], tokens[i - 1]
    begins = before.text in ("{", "}", ";", ":", "else") or (
        before.text == ")" and before.partner > 0 and tokens[before.partner - 1].text in ("if", "for", "while"))
    is_within_block = token.inside >= 0 and tokens[token.inside].text == "{"
    if not is_within_block or not begins or token.text in NO_STATEMENT and not is_bare_return(tokens, i):
        return
    if token.kind != "word" and token.text not in ("++", "--", "*", "("):
        return
    end = statement_end(tokens, i)
    if end is None or declares(tokens, i, end):
        return
    body = [tokens[k].text for k in range(i, end) if tokens[k].inside == token.inside]
    is_jump = body in (["return"], ["break"], ["continue"])
    if is_jump or tokens[end - 1].text == ")" or any(t in ASSIGNMENTS or t in STEPS for t in body):
        yield Change(token.start, tokens[end].end, "", statement=True)


def is_bare_return(tokens, i):
    return tokens[i].text == "return" and tokens[i + 1].text == ";"


def statement_end(tokens, i):
    k = i
    while k < len(tokens) and tokens[k].text != ";":
        if tokens[k].text in ")]}" and tokens[k].kind == "sign":
            return None
        k = tokens[k].partner + 1 if tokens[k].partner > k else k + 1
    return k if k < len(tokens) else None


def declares(tokens, i, end):
    """Two names side by side, as in `Type name = ...`, `Type& name(...)` or `list<Type> name`."""
    for k in range(i, end):
        if tokens[k].text in ASSIGNMENTS or tokens[k].text in "([{":
            return False
        after = tokens[k + 1]
        ends_type = tokens[k].kind == "word" or tokens[k].text in (">", "&", "*", "&&") and not tokens[k].spaced
        if ends_type and after.kind == "word" and after.spaced:
            return True
    return False


def arguments(tokens, i):
    """Neighbours in a list of arguments, exchanged: whether they have one type, the compiler says."""
    token = tokens[i]
    if token.text not in ("(", "{") or token.partner <= i or token.spaced or i == 0:
        return
    name = tokens[tokens[i - 1].partner - 1 if tokens[i - 1].text == ">" else i - 1]
    if name.kind != "word" or name.text in COMMUTE or is_declared(tokens, i - 1):
        return
    parts = split(tokens, i)
    for left, right in zip(parts, parts[1:]):
        if is_exchangeable(tokens, left) and is_exchangeable(tokens, right) and text_of(tokens, left) != text_of(
                tokens, right):
            middle = tokens[left[1]].end, tokens[right[0]].start
            yield (
                Change(tokens[left[0]].start, middle[0], text_of(tokens, right)),
                Change(middle[1], tokens[right[1]].end, text_of(tokens, left)),
            )


def is_declared(tokens, i):
    """Whether the name before a list of arguments is that of a new object: `const list<Type> name{a, b}`."""
    before = tokens[i - 1]
    return tokens[i].kind == "word" and (
        before.kind == "word" and before.text not in ("return", "throw", "else", "new", "case")
        or before.text == ">" and 0 <= before.partner)


def split(tokens, opening):
    """(first, last) of each argument."""
    parts, first = [], opening + 1
    for k in range(opening + 1, tokens[opening].partner + 1):
        is_comma = tokens[k].text == "," and tokens[k].inside == opening
        if is_comma or k == tokens[opening].partner:
            if first < k:
                parts.append((first, k - 1))
            first = k + 1
    return parts


def text_of(tokens, part):
    words = []
    for k in range(part[0], part[1] + 1):
        words.append((" " if tokens[k].spaced and k > part[0] else "") + tokens[k].text)
    return "".join(words)


def is_exchangeable(tokens, part):
    own = tokens[part[0] : part[1] + 1]
    if own[0].text == "[" or any(t.kind == "text" or t.text in ("const", "{", ";") for t in own):
        return False  # a lambda, words for people, parameters of a declaration
    return not any(a.kind == "word" and b.kind == "word" for a, b in zip(own, own[1:]))


RULES = {
    "arithmetic": arithmetic,
    "relational": relational,
    "logical": logical,
    "constant": constant,
    "statement": statement,
    "arguments": arguments,
}
