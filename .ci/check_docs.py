"""Do the documents name files and tests that exist? Documents outlive the code otherwise.

    python .ci/check_docs.py

Checks README.md and docs/*.md: every path in backquotes below src, scenarios, docs,
tests, benches or .ci, and every test in the table "Equation, file, test".
Exit code 1 names what is missing.
"""

import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
PATH = re.compile(r"`((?:src|scenarios|docs|tests|benches|\.ci)/[\w./-]+)`")
LINK = re.compile(r"\]\((?!https?:)([^)#]+)")
TEST = re.compile(r"`([a-z0-9]+(?:_[a-z0-9]+)+)`")


def main():
    sources = [*ROOT.glob("src/**/*.rs"), *ROOT.glob("tests/**/*.rs")]
    functions = set()
    for source in sources:
        functions |= set(re.findall(r"\bfn (\w+)", source.read_text(encoding="utf-8")))
    missing = []
    documents = [ROOT / "README.md", *sorted(ROOT.glob("docs/*.md"))]
    for document in documents:
        text = document.read_text(encoding="utf-8")
        name = document.relative_to(ROOT)
        paths = [ROOT / path for path in PATH.findall(text)]
        paths += [document.parent / path for path in LINK.findall(text)]
        missing += [f"{name}: no file {path}" for path in paths if not path.exists()]
        for table in re.findall(r"^\|[^\n]*\btests?\b[^\n]*\|\n(?:\|[^\n]*\n)+", text, re.M):
            cells = [row.rstrip("|\n ").rsplit("|", 1)[-1] for row in table.splitlines()[2:]]
            tests = TEST.findall(" ".join(cells))
            missing += [f"{name}: no test {test}" for test in tests if test not in functions]
    print("\n".join(missing) or f"check_docs: {len(documents)} documents name what exists")
    sys.exit(1 if missing else 0)


if __name__ == "__main__":
    main()
