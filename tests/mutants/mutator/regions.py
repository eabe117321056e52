"""Which expression or statement a token belongs to: what can be replaced as a whole while the rest stays."""

from .tokens import ASSIGNMENTS

ENDS_LEFT = {"return", "throw", "case", "else", "do", "goto"}


def region_around(tokens, i, with_assignment=False):
    """First and last token of the whole expression around token i, up to the nearest bracket, comma or semicolon.

    An assignment ends it as well, unless it is asked for.  @return None where no expression can be told
    """
    stops = {",", ";", "?", ":"} | (set() if with_assignment else ASSIGNMENTS)
    first = tokens[i].partner if 0 <= tokens[i].partner < i else i
    while first > 0 and not is_left_end(tokens, first - 1, stops):
        closing = tokens[first - 1].partner
        first = closing if 0 <= closing < first else first - 1
    last = i
    if tokens[i].partner > i:
        last = tokens[i].partner
    while last + 1 < len(tokens) and not is_right_end(tokens, last + 1, stops):
        opening = tokens[last + 1].partner
        last = opening if opening > last else last + 1
    if first > 0 and tokens[first - 1].text == "case":
        return None
    return first, last


def is_left_end(tokens, i, stops):
    token = tokens[i]
    if token.kind == "text":
        return False
    if token.text in stops or token.text in ENDS_LEFT:
        return True
    if token.text == "}":  # of a statement before, unless the expression goes on behind it
        return not (tokens[i + 1].infix or tokens[i + 1].text in ".)([" or tokens[i + 1].text == "->")
    return token.partner > i  # an opening bracket


def is_right_end(tokens, i, stops):
    token = tokens[i]
    if token.kind == "text":
        return False
    return token.text in stops or 0 <= token.partner < i or token.text in ")]}"


def is_value_brace(tokens, i):
    """Whether a "{" begins a list of values rather than statements or members."""
    if not tokens[i].spaced or tokens[i - 1].text in ("=", ",", "return", "("):
        return True
    return tokens[i - 1].text == "{" and is_value_brace(tokens, i - 1)


def statement_start(tokens, i):
    """The first token of the statement around token i, seen from outside of all brackets."""
    while i > 0:
        before = tokens[i - 1]
        if before.kind != "text":
            if before.text == ";":
                enclosing = before.inside
                if enclosing < 0 or tokens[enclosing].text == "{":
                    return i
            if before.text == "{" and not is_value_brace(tokens, i - 1):
                return i
            if before.text == "}" and not (tokens[i].infix or tokens[i].text in ".,;)([}"):
                return i
            if 0 <= before.partner < i - 1:
                i = before.partner
                continue
        i -= 1
    return 0


def brackets_around(tokens, i):
    while tokens[i].inside >= 0:
        i = tokens[i].inside
        yield i


def is_table(tokens, i, most_values=24):
    """Whether a bracket holds a long list of values, such as the published numbers of a sequence."""
    if tokens[i].text != "{" or tokens[i].partner < i or not is_value_brace(tokens, i):
        return False
    return sum(tokens[k].text == "," for k in range(i, tokens[i].partner)) > most_values and all(
        tokens[k].kind == "number" or tokens[k].text in ",-" for k in range(i + 1, tokens[i].partner))


def is_fixed_at_compile_time(tokens, i):
    """Template arguments, assertions of the compiler and the like: nothing can be chosen there at run time."""
    for b in brackets_around(tokens, i):
        if tokens[b].text == "<":
            return True
        if tokens[b - 1].text in ("decltype", "alignas", "sizeof", "noexcept", "constexpr"):
            return True
        if tokens[b].text == "{" and any(tokens[k].text == "enum" for k in range(max(0, b - 6), b)):
            return True
    return tokens[statement_start(tokens, i)].text in ("using", "template", "static_assert", "enum")
