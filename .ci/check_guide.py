"""Runs the blocks of Python and SQL in docs/guide.md, as a reader would type them.

    python .ci/check_guide.py FOLDER

FOLDER is where `comity run preska-2014` was run, so that output/preska-2014/latest is there.
Exit code 1 names the block that fails. (Its shell commands are run by a test of the program.)
"""

import os
import pathlib
import re
import sys

import duckdb

GUIDE = pathlib.Path(__file__).resolve().parent.parent / "docs" / "guide.md"
BLOCK = re.compile(r"^```(python|sql)\n(.*?)^```$", re.M | re.S)


def main():
    text = GUIDE.read_text(encoding="utf-8")
    os.chdir(sys.argv[1])
    blocks = BLOCK.findall(text)
    for language, block in blocks:
        try:
            if language == "python":
                exec(compile(block, "guide.md", "exec"), {})
            else:
                rows = duckdb.sql(block).fetchall()
                if not rows:
                    sys.exit(f"check_guide: no rows\n{block}")
        except Exception as error:
            sys.exit(f"check_guide: {type(error).__name__}: {error}\n{block}")
    if {language for language, _ in blocks} != {"python", "sql"}:
        sys.exit("check_guide: the guide lacks a block of Python or of SQL")
    print(f"check_guide: {len(blocks)} blocks of the guide run")


if __name__ == "__main__":
    main()
