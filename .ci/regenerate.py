"""Makes anew what documents show of the program, and the files on which it reports of itself.

    python3 .ci/regenerate.py PROGRAM [fit] [checked] [pages] [gallery]

`pages`: the page in README.md, and each block of `text` in docs/guide.md, from the commands
before it; of a block with `…` the parts shown are found again by what surrounds them.
`checked`: scenarios/checked/*.json, and the blocks of docs/validation.md between
`<!-- NAME -->` and `<!-- /NAME -->`. Both, unless one is named.
`fit`, only if named, as it takes a quarter of an hour on two cores: the posterior of record-2011,
and its block in docs/validation.md. PROGRAM has to be built anew after it, since it holds the
posterior.
`gallery`, only if named, as it takes a quarter of an hour likewise: docs/gallery.md with its
figures, and the one at the top of README.md. Results are kept in .ci/output/gallery, so that the
same again takes seconds.

What has changed is for a reader to look at: `git diff`.
"""

import difflib
import html
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# How large the fit of record-2011 is.
FIT = "--particles 200"
# The figures of the gallery: a heading, the command that makes the result, and what is drawn.
GALLERY = [
    ("One scenario", "run preska-2014", [
        "--figure fan", "--figure endings", "--figure survival", "--figure procedure",
        "--figure locations", "--figure reach", "--figure exposure", "--figure regions",
        "--figure exceedance", "--figure ladder", "--figure tornado", "--figure convergence",
    ]),
    ("Options compared", "compare preska-2014 -n 300 --customers 1000",
     ["--figure decision"]),
    ("Where another option is best",
     "compare preska-2014 -n 60 --customers 200 --only comply,keys --levers exposure,home",
     ["--figure thresholds"]),
    ("Inputs swept",
     "sweep preska-2014 --vary choice.exposure_weight=0.6..2.2:2"
     " --vary perception.jump.district=0.3..1.5:2 --vary choice.home_weight=0.3..1.5:2"
     " -n 40 --customers 200",
     ["--figure tornado"]),
    ("The past, forecast", "backtest record-2011 -n 60 --customers 300",
     ["--figure pit", "--figure reliability"]),
    ("Other scenarios", "run sovereignty-2026 -n 200 --customers 500",
     ["--figure regions", "--figure endings --width single",
      "--figure fan --width slide --theme dark"]),
    (None, "run bank-2026 -n 200 --customers 500", ["--figure exceedance --width single"]),
]
# The one that README.md shows, in both themes.
TOP = ("run preska-2014", "--figure endings")


def run(script, folder, program):
    """What a user's shell prints in `folder`, with `comity` on the path."""
    path = f"{program.parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        ["sh", "-e", "-c", script],
        cwd=folder,
        env={**os.environ, "PATH": path, "COMITY_OUTPUT": ""},
        capture_output=True,
        text=True,
    )
    if done.returncode != 0:
        sys.exit(f"{script}\n{done.stderr}")
    return done.stdout


def between(text, name, block):
    """`text` with `block` between the marks of `name`."""
    start, end = f"<!-- {name} -->", f"<!-- /{name} -->"
    before, rest = text.split(start)
    _, after = rest.split(end)
    return f"{before}{start}\n{block.strip()}\n{end}{after}"


def shape(line):
    """A line without its numbers and widths, by which it is found again."""
    line = re.sub(r"[0-9]+([.,][0-9]+)*", "#", line)
    return re.sub(r"[\s+−]+", " ", line).strip()


def as_shown(old, printed):
    """The lines of `printed` that correspond to those shown in `old`, with its `…`."""
    lines = printed.rstrip().splitlines()
    if "…" not in old:
        return printed.rstrip().splitlines()
    shown = old.splitlines()
    match = difflib.SequenceMatcher(
        None, [shape(line) for line in shown], [shape(line) for line in lines], autojunk=False
    )
    place = {}
    for a, b, size in match.get_matching_blocks():
        place.update({a + i: b + i for i in range(size)})
    out, part = [], []

    def flush():
        known = [place[i] for i in part if i in place]
        if part and not known:
            sys.exit("nothing of this is printed any more:\n" + "\n".join(shown[i] for i in part))
        if known:
            first = known[0] - (0 if part[0] in place or out else known[0])
            last = known[-1]
            out.extend(lines[first : last + 1])
        part.clear()

    for i, line in enumerate(shown):
        if "…" in line:
            flush()
            out.append(line)
        else:
            part.append(i)
    flush()
    return out


def guide(program):
    path = ROOT / "docs/guide.md"
    out, block, language, before, printed = [], None, "", "", ""
    with tempfile.TemporaryDirectory() as folder:
        for line in path.read_text().splitlines():
            if not line.startswith("```"):
                (out if block is None else block).append(line)
                if block is None and line.strip():
                    before = line
                continue
            if block is None:
                block, language = [], line[3:]
                out.append(line)
                continue
            text = "\n".join(block)
            if language == "sh" and not text.startswith("cargo install"):
                printed = run(text, folder, program)
            elif language == "toml" and (name := re.match(r"`([^`]+)`:", before)):
                (Path(folder) / name[1]).write_text(text + "\n")
            elif language == "text":
                block = as_shown(text, printed)
            out += [*block, line]
            block = None
    path.write_text("\n".join(out) + "\n")


def readme(program):
    path = ROOT / "README.md"
    with tempfile.TemporaryDirectory() as folder:
        page = run("comity run preska-2014", folder, program)
    path.write_text(between(path.read_text(), "page", f"```text\n{page.rstrip()}\n```"))


def checked(program):
    commands = {
        "selfcheck": "comity selfcheck",
        "backtest": "comity backtest record-2011",
    }
    path = ROOT / "docs/validation.md"
    text = path.read_text()
    with tempfile.TemporaryDirectory() as folder:
        for name, command in commands.items():
            printed = run(f"{command} --json", folder, program)
            if '"result"' in printed:
                # Less the folder, which is another each time.
                found = json.loads(printed)
                del found["result"]
                printed = json.dumps(found, indent=1, ensure_ascii=False) + "\n"
            (ROOT / f"scenarios/checked/{name}.json").write_text(printed)
            text = between(text, name, run(f"{command} --markdown", folder, program))
    path.write_text(text)


def fit(program):
    path = ROOT / "docs/validation.md"
    with tempfile.TemporaryDirectory() as folder:
        command = f"comity backtest record-2011 --fit {FIT} -s \"inputs.posterior=''\" --out fit"
        block = f"`{command.removesuffix(' --out fit')}`:\n\n{run(f'{command} --markdown', folder, program)}"
        posterior = (Path(folder) / "fit/posterior.toml").read_text()
    (ROOT / "scenarios/posteriors/record-2011.toml").write_text(posterior)
    path.write_text(between(path.read_text(), "fit", block))


def drawn(program, work, number, command, asked):
    """The figures of a result as `comity plot --json` lists them."""
    out = f"{number}-{command.split()[1]}"
    run(f"comity {command} -q -o {out}", work, program)
    printed = run(f"comity plot {out} {asked} --to drawn/{out} --json", work, program)
    return json.loads(printed)["figures"]


def gallery(program):
    work = ROOT / ".ci/output/gallery"
    shutil.rmtree(work / "drawn", ignore_errors=True)
    work.mkdir(parents=True, exist_ok=True)
    place = ROOT / "docs/gallery"
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir()
    text = [
        "# Gallery",
        "What `comity plot` draws, with the commands that make it. Each is SVG that"
        " needs no font, PNG, its numbers as CSV and the caption below it; there are three widths"
        " and two themes. All of this page is made by"
        " `python3 .ci/regenerate.py target/release/comity gallery`.",
    ]
    for number, (heading, command, figures) in enumerate(GALLERY):
        if heading:
            text.append(f"## {heading}")
        text.append(f"```sh\ncomity {command}\n```")
        for asked in figures:
            figure = drawn(program, work, number, command, asked)[0]
            picture = work / figure["png"]
            name = f"{number}-{picture.name}"
            shutil.copyfile(picture, place / name)
            caption = (work / figure["caption"]).read_text().strip()
            wide = ' width="420"' if "single" in asked else ""
            text.append(f"**`comity plot … {asked}`**")
            shown = html.escape(figure["title"])
            text.append(f'<img src="gallery/{name}" alt="{shown}"{wide}>')
            text.append(markdown(caption))
    (ROOT / "docs/gallery.md").write_text("\n\n".join(text) + "\n")
    command, asked = TOP
    for theme in ["light", "dark"]:
        figure = drawn(program, work, 0, command, f"{asked} --theme {theme}")[0]
        shutil.copyfile(work / figure["svg"], place / f"top-{theme}.svg")
    shown = html.escape(figure["title"])
    block = (
        "<picture>\n"
        '  <source media="(prefers-color-scheme: dark)" srcset="docs/gallery/top-dark.svg">\n'
        f'  <img src="docs/gallery/top-light.svg" alt="{shown}">\n'
        "</picture>"
    )
    readme = ROOT / "README.md"
    readme.write_text(between(readme.read_text(), "top", block))


def markdown(text):
    """Plain text in which Markdown sees nothing to obey."""
    return re.sub(r"([*_`\[\]|~#])", r"\\\1", html.escape(text, quote=False))


def main():
    program = Path(sys.argv[1]).resolve()
    asked = sys.argv[2:] or ["checked", "pages"]
    if "fit" in asked:
        fit(program)
        if len(asked) > 1:
            sys.exit("build PROGRAM anew before the rest, since it holds the posterior")
    if "checked" in asked:
        checked(program)
    if "pages" in asked:
        readme(program)
        guide(program)
    if "gallery" in asked:
        gallery(program)


if __name__ == "__main__":
    main()
