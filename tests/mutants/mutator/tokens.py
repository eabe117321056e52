"""The tokens of a C++ source, with their brackets matched.

Not a compiler: it relies on clang-format, which puts spaces on both sides of an operator between two operands and on no
other.  So `a < b` compares and `array<b>` does not.  What is wrongly read in spite of that does not compile later on, and
another mutant is drawn.
"""

import re
from dataclasses import dataclass

PATTERN = re.compile(
    r"""
    (?P<space>\s+)
  | (?P<comment>//[^\n]*|/\*.*?\*/)
  | (?P<directive>^[ \t]*\#(?:\\\n|[^\n])*)
  | (?P<text>(?:u8|[uUL])?R"(?P<mark>[^(]*)\(.*?\)(?P=mark)"|(?:u8|[uUL])?"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])+')
  | (?P<number>\.?\d(?:[eEpP][+-]|'(?=\w)|[\w.])*)
  | (?P<word>[A-Za-z_]\w*)
  | (?P<sign><=>|<<=|>>=|->\*|\.\.\.|::|->|\+\+|--|<<|>>|<=|>=|==|!=|&&|\|\||[-+*/%&|^]=|.)
    """,
    re.VERBOSE | re.DOTALL | re.MULTILINE,
)
CLOSING = {"(": ")", "[": "]", "{": "}", "<": ">"}
INFIX = {"+", "-", "*", "/", "%", "<", ">", "<=", ">=", "==", "!=", "&&", "||", "&", "|", "^", "<<", ">>"}
ASSIGNMENTS = {"=", "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=", "<<=", ">>="}


@dataclass
class Token:
    kind: str  # text, number, word, sign
    text: str
    start: int
    end: int
    line: int
    spaced: bool  # after white space
    infix: bool = False  # an operator between two operands
    partner: int = -1  # the bracket that belongs to this one
    inside: int = -1  # the bracket that this is in


def tokens_of(source):
    """All tokens but comments and directives; the brackets of lists of template arguments are matched as well."""
    tokens, line, spaced = [], 1, True
    for match in PATTERN.finditer(source):
        kind, text = match.lastgroup if match.lastgroup != "mark" else "text", match.group()
        if kind in ("space", "comment", "directive"):
            spaced = True
        else:
            if kind == "sign" and text == ">>" and not spaced:  # two lists of template arguments end
                tokens.append(Token(kind, ">", match.start(), match.start() + 1, line, False))
                tokens.append(Token(kind, ">", match.start() + 1, match.end(), line, False))
            else:
                tokens.append(Token(kind, text, match.start(), match.end(), line, spaced))
            spaced = False
        line += text.count("\n")
    for here, after in zip(tokens, tokens[1:]):
        here.infix = here.text in INFIX and here.spaced and after.spaced
    match_brackets(tokens)
    return tokens


def match_brackets(tokens):
    open_ones = []
    for i, token in enumerate(tokens):
        is_list = token.text in "<>" and not token.infix and tokens[i - 1].text != "operator"
        if token.kind == "sign" and (token.text in ")]}" or (token.text == ">" and is_list)):
            if token.text != ">":  # a lone "<" was no bracket
                while open_ones and tokens[open_ones[-1]].text == "<":
                    open_ones.pop()
            if open_ones and CLOSING[tokens[open_ones[-1]].text] == token.text:
                token.partner = open_ones.pop()
                tokens[token.partner].partner = i
        token.inside = open_ones[-1] if open_ones else -1
        if token.kind == "sign" and (token.text in "([{" or (token.text == "<" and is_list)):
            open_ones.append(i)
