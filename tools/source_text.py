"""Reads C++ just well enough for the house rules: text without comments and strings, and where functions begin and end."""
import re
from dataclasses import dataclass

TOKEN = re.compile(
    r'//[^\n]*|/\*.*?\*/'
    r'|(?:u8|u|U|L)?R"(?P<mark>[^()\\\s]{0,16})\(.*?\)(?P=mark)"'
    r'|"(?:\\.|[^"\\\n])*"'
    r"|(?<![0-9a-fA-F])'(?:\\.|[^'\\\n])+'", re.DOTALL)


def blanked(text):
    """The same text, position for position, with comments and the inside of literals turned into blanks."""
    def blank(hit):
        kept = hit.group(0)
        if kept.startswith("/"):
            return re.sub(r"[^\n]", " ", kept)
        if kept.startswith('"') and '#include' in text[text.rfind("\n", 0, hit.start()) + 1:hit.start()]:
            return kept
        return '"' + re.sub(r"[^\n]", " ", kept[1:-1]) + '"'
    return TOKEN.sub(blank, text)


def matching_brace(code, opening):
    """The position of the brace that closes the one at `opening`; the end of the text when none does."""
    depth = 0
    for brace in re.compile(r"[{}]").finditer(code, opening):
        depth += 1 if brace.group(0) == "{" else -1
        if depth == 0:
            return brace.start()
    return len(code)


@dataclass(frozen=True)
class Function:
    name: str
    line: int
    lines: int
    start: int
    end: int


SCOPE = re.compile(r"^\s*(?:template\s*<.*>\s*)?(?:inline\s+)?(?:namespace|class|struct|union|extern)\b(?!.*\)\s*$)", re.DOTALL)
BODY = re.compile(r"(\)|\)\s*(?:noexcept\s*)?:(?!:).*\}|\bconst|\bnoexcept|\boverride|\bfinal|\bmutable|->\s*[\w:<>,\s*&]+)\s*(?:requires\b.*)?$", re.DOTALL)
NAME = re.compile(r"([\w:~]+|operator\s*\S+?)\s*\(")


def functions(code):
    """Functions of `code` (blanked text); what is nested in a function belongs to it."""
    code = re.sub(r"^[ \t]*#(?:[^\n]*\\\n)*[^\n]*", lambda hit: re.sub(r"[^\n]", " ", hit.group(0)), code, flags=re.MULTILINE)
    found, head, position = [], 0, 0
    for_stop = re.compile(r"[;{}]")
    while True:
        stop = for_stop.search(code, position)
        if not stop:
            return found
        at = stop.start()
        if stop.group(0) != "{":
            head = position = at + 1
            continue
        words = re.sub(r"\b(public|private|protected)\s*:(?!:)", "", code[head:at])
        if SCOPE.match(words):
            head = position = at + 1
            continue
        close = matching_brace(code, at)
        if "(" in words and BODY.search(words.rstrip()) and words.count("(") == words.count(")"):
            start = head + re.match(r"(\s|(public|private|protected)\s*:(?!:))*", code[head:at]).end()
            name = NAME.search(words)
            found.append(Function(name.group(1) if name else "?", code.count("\n", 0, start) + 1,
                                  code.count("\n", start, close) + 1, start, close))
            head = position = close + 1
        else:
            position = close + 1  # an initialiser: what stands before it still belongs to the same words
