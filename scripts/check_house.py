"""The rules of the house that no linter knows: sizes, no inline styles or scripts, no vague module names."""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CODE = ("portal", "plugins", "scripts", "tests", "bench", "migrations")
FILE_LINES, FUNCTION_LINES, TEMPLATE_LINES, TEST_LINES, CONFTEST_LINES = 300, 60, 120, 15, 150
LEFT_OUT = {"migrations", "versions", "build", "__pycache__", "node_modules"}
FOR_READERS = {"NotFound", "Forbidden", "Invalid", "Conflict", "TooMany", "Unavailable"}
VAGUE = {"utils", "util", "helpers", "helper", "common", "misc"}

INLINE = {
    "a style attribute": re.compile(r"<[a-z][^>]*\sstyle\s*=", re.IGNORECASE),
    "an event attribute": re.compile(r"<[a-z][^>{]*\son[a-z]+\s*=", re.IGNORECASE),
    "a style element": re.compile(r"<style\b", re.IGNORECASE),
    "an inline script without nonce": re.compile(r"<script\b(?![^>]*\b(?:nonce|src)=)", re.IGNORECASE),
    "an address of somebody else": re.compile(r"(?:src|href)=[\"']?(?:https?:)?//", re.IGNORECASE),
}


def find_files(suffix: str) -> Iterator[Path]:
    """Our files with this ending, without built and generated ones."""
    for folder in CODE:
        for path in sorted((ROOT / folder).rglob(f"*{suffix}")):
            if not LEFT_OUT & set(path.relative_to(ROOT).parts):
                yield path


def check_module(path: Path) -> Iterator[str]:
    """Complaints about a Python file."""
    source = path.read_text(encoding="utf-8")
    most = CONFTEST_LINES if path.name == "conftest.py" else FILE_LINES
    if source.count("\n") > most:
        yield f"{source.count(chr(10))} lines, at most {most}"
    if path.stem in VAGUE or path.parent.name in VAGUE:
        yield "says nothing by its name"
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield from check_function(node)
        elif isinstance(node, ast.Call) and is_unseen_text(node):
            yield f"line {node.lineno}: this text has a name, so no catalogue sees it; write it where it is raised"


def is_unseen_text(call: ast.Call) -> bool:
    """Whether an exception for the reader gets its text by a constant's name: texts are found as literals only."""
    raised = isinstance(call.func, ast.Name) and call.func.id in FOR_READERS
    return raised and bool(call.args) and isinstance(call.args[0], ast.Name) and call.args[0].id.isupper()


def check_function(node: ast.FunctionDef | ast.AsyncFunctionDef) -> Iterator[str]:
    """Complaints about a function; decorators and docstring do not count."""
    begin = node.body[1].lineno if ast.get_docstring(node) and len(node.body) > 1 else node.body[0].lineno
    lines = (node.end_lineno or begin) - begin + 1
    most = TEST_LINES if node.name.startswith("test_") else FUNCTION_LINES
    if lines > most:
        yield f"line {node.lineno}: {node.name} has {lines} lines, at most {most}"


def check_template(path: Path) -> Iterator[str]:
    """Complaints about a template."""
    source = path.read_text(encoding="utf-8")
    if source.count("\n") > TEMPLATE_LINES:
        yield f"{source.count(chr(10))} lines, at most {TEMPLATE_LINES}"
    if path.parent.name == "mail":  # read by mail programs, which know nothing but inline styles
        return
    # Comments give way to as many empty lines, so that line numbers stay true.
    markup = re.sub(r"\{#.*?#\}", lambda comment: "\n" * comment[0].count("\n"), source, flags=re.DOTALL)
    for what, pattern in INLINE.items():
        for match in pattern.finditer(markup):
            yield f"line {markup.count(chr(10), 0, match.start()) + 1}: {what}"


def main() -> int:
    """Print all complaints; the exit code is 1 when there is one."""
    complaints = [f"{path.relative_to(ROOT)}: {text}" for path in find_files(".py") for text in check_module(path)]
    complaints += [f"{path.relative_to(ROOT)}: {text}" for path in find_files(".html") for text in check_template(path)]
    for line in complaints:
        print(line)
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main())
