"""The grammar of typed queries; importing this module costs what lark costs, so parse() does it late.

Implicit AND binds like AND, tighter than OR. AND, OR and NOT are operators in capitals only, so that
"Marks and Spencer" are words. What may follow depends on what was read: "state:OR" has a value.
"""

from __future__ import annotations

from typing import Final, TypeAlias

from lark import Lark, Token, Tree
from lark.exceptions import UnexpectedCharacters, UnexpectedInput, UnexpectedToken

from services.filtering.unreadable import UnreadableQuery

Node: TypeAlias = Tree[Token] | Token

DEEPEST: Final = 40

_GRAMMAR: Final = r"""
start: any_of
?any_of: all_of (_OR all_of)*
?all_of: negation (AND? negation)*
?negation: (_MINUS | _NOT) negation -> negated
         | atom
?atom: _OPEN any_of _CLOSE
     | comparison
     | WORD
     | QUOTED
comparison: FIELD OPERATOR value (_COMMA value)*
?value: VALUE | QUOTED

FIELD.3: /(?:custom\."(?:[^"\\]|\\.)*"|[^\W\d][\w.\-]*)(?=\s*(?:[:<>=≤≥≠]|!=))/
OPERATOR: /:?(?:<=|>=|<|>|≤|≥)|!=|≠|:|=/
QUOTED.3: /"(?:[^"\\]|\\.)*"|“[^”]*”|„[^“”]*[“”]/s
VALUE: /[^\s(),"“”„]+/
WORD: /(?!(?:AND|OR|NOT)(?:[\s()"“„]|$))[^\s()"“”„]+/
AND.2: /AND(?=[\s()"“„]|$)/
_OR.2: /OR(?=[\s()"“„]|$)/
_NOT.2: /NOT(?=[\s()"“„]|$)/
_MINUS.3: /-(?=[^\s)])/
_COMMA.3: ","
_OPEN.3: "("
_CLOSE.3: ")"
%ignore /\s+/
"""

_LARK: Final = Lark(_GRAMMAR, parser="lalr", lexer="contextual", propagate_positions=False)


def read(text: str) -> Node:
    """The tree of a query that is not empty; a lone word is its token. Raises UnreadableQuery."""
    try:
        tree = _LARK.parse(text)
    except UnexpectedInput as error:
        raise _in_words(error, text) from error
    if _depth(tree) > DEEPEST:
        raise UnreadableQuery("", "The query is nested too deeply", "Write it with fewer groups.", position=0)
    return tree.children[0]


def _depth(tree: Tree[Token]) -> int:
    deepest = 0
    waiting: list[tuple[Node, int]] = [(tree, 0)]
    while waiting:
        node, depth = waiting.pop()
        deepest = max(deepest, depth)
        if isinstance(node, Tree):
            waiting.extend((child, depth + 1) for child in node.children)
    return deepest


def _in_words(error: UnexpectedInput, text: str) -> UnreadableQuery:
    if isinstance(error, UnexpectedToken):
        if error.token.type == "$END":
            return _at_end(error.expected, text)
        return _at_token(error.token, error.expected)
    position = error.pos_in_stream if isinstance(error, UnexpectedCharacters) else 0
    assert position is not None
    rest = text[position:]
    if rest[:1] in tuple('"“„'):
        return UnreadableQuery(rest, "begins a quotation that does not end", "Close it.", position=position)
    return UnreadableQuery(rest.split()[0], "cannot stand here", "Put text with signs in quotes.", position=position)


def _at_end(expected: set[str], text: str) -> UnreadableQuery:
    position = len(text.rstrip())
    last = text.rsplit(maxsplit=1)[-1]
    begins = position - len(last)
    if "VALUE" in expected:
        hint = "Write what it is compared with, for example city:Hamburg, or city:none where it is empty."
        return UnreadableQuery(last, "lacks its value", hint, position=begins)
    if "FIELD" in expected and "$END" not in expected and "_CLOSE" not in expected:
        return UnreadableQuery(last, "lacks what follows it", "Write a condition after it.", position=begins)
    opened = text.rfind("(")
    return UnreadableQuery("(", "is not closed", "Write ) after the last condition of the group.", position=opened)


def _at_token(token: Token, expected: set[str]) -> UnreadableQuery:
    position = token.start_pos or 0
    if "VALUE" in expected:
        return UnreadableQuery(token, "stands where a value belongs", "Write the value first.", position=position)
    if token.type == "_CLOSE":
        return UnreadableQuery(token, "closes nothing", "Take it out, or open the group with (.", position=position)
    hint = "Write a condition before and after it; put it in quotes to search for the word."
    return UnreadableQuery(token, "cannot stand here", hint, position=position)
