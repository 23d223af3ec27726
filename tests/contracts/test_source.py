"""Rules that hold for every source file. Each is a function from a file to its faults, so that a test can show that it finds one."""

import ast
import re
from collections.abc import Callable, Iterator

import pytest

from tests.contracts.source_files import dotted, texts, trees

pytestmark = pytest.mark.once

Rule = Callable[[str, ast.Module], Iterator[str]]

#: the only files that may make HTML out of text, each from a constant or through the allow list
MAKES_HTML = {"board/core/assets.py", "board/core/text.py"}
#: the only files that may name eventlet, so that leaving it is their work alone
NAMES_EVENTLET = {"board/server.py", "board/sockets/fanout.py"}
SECRET_NAMES = re.compile(r"(^|_)(token|secret|signature|password|hash|digest|code)s?$")


def no_markup(name: str, tree: ast.Module) -> Iterator[str]:
    """HTML is made in one place: nothing else may call a text safe."""
    if name in MAKES_HTML:
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and any(alias.name == "Markup" for alias in node.names):
            yield f"{name}:{node.lineno} imports Markup"
        if isinstance(node, ast.Call) and dotted(node.func).split(".")[-1] in {"Markup", "render_template_string"}:
            yield f"{name}:{node.lineno} calls {dotted(node.func)}"


def sql_is_constant(name: str, tree: ast.Module) -> Iterator[str]:
    """SQL text is a constant; what varies is bound."""
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and node.args):
            continue
        called = dotted(node.func).split(".")[-1]
        runs_sql = called in {"text", "execute", "executemany", "executescript", "exec_driver_sql"}
        if runs_sql and _is_built(node.args[0]) and not _is_constant_loop(node.args[0], tree):
            yield f"{name}:{node.lineno} builds SQL inside {called}()"


def _is_built(argument: ast.expr) -> bool:
    if isinstance(argument, ast.JoinedStr):
        return True
    if isinstance(argument, ast.BinOp) and isinstance(argument.op, ast.Add | ast.Mod):
        return any(
            (isinstance(side, ast.Constant) and isinstance(side.value, str)) or _is_built(side)
            for side in (argument.left, argument.right)
        )
    return isinstance(argument, ast.Call) and dotted(argument.func).split(".")[-1] == "format"


def _is_constant_loop(argument: ast.expr, tree: ast.Module) -> bool:
    """``for pragma in ("a", "b"): execute(f"PRAGMA {pragma}")`` varies over constants only."""
    names = {node.id for node in ast.walk(argument) if isinstance(node, ast.Name)}
    constant = {
        loop.target.id
        for loop in ast.walk(tree)
        if isinstance(loop, ast.For)
        and isinstance(loop.target, ast.Name)
        and isinstance(loop.iter, ast.Tuple)
        and all(isinstance(item, ast.Constant) for item in loop.iter.elts)
    }
    return bool(names) and names <= constant


def secrets_are_compared_in_constant_time(name: str, tree: ast.Module) -> Iterator[str]:
    """A secret is compared by ``hmac.compare_digest``, or looked up by its hash inside the database."""
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Compare) and isinstance(node.ops[0], ast.Eq | ast.NotEq)):
            continue
        sides = [node.left, *node.comparators]
        if any(isinstance(side, ast.Constant) for side in sides):
            continue
        if any(".c." in f".{dotted(side)}." or dotted(side)[:1].isupper() for side in sides):
            continue  # a column: the comparison becomes SQL
        if any(SECRET_NAMES.search(dotted(side).split(".")[-1].lower()) for side in sides if dotted(side)):
            yield f"{name}:{node.lineno} compares a secret with =="


def only_two_files_name_eventlet(name: str, tree: ast.Module) -> Iterator[str]:
    if name in NAMES_EVENTLET:
        return
    for node in ast.walk(tree):
        modules = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        modules += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        if any(module.split(".")[0] == "eventlet" for module in modules):
            yield f"{name}:{node.lineno} imports eventlet"


def only_sockets_emit(name: str, tree: ast.Module) -> Iterator[str]:
    """Slices record events; delivering them is the sockets' work."""
    if name.startswith("board/sockets/") or name == "board/server.py":
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and dotted(node.func).split(".")[-1] in {"emit", "send_packet"}:
            yield f"{name}:{node.lineno} emits"


def only_core_commits(name: str, tree: ast.Module) -> Iterator[str]:
    """One write path: commands never open, commit or roll back."""
    if name.startswith(("board/core/", "board/migrations/")):
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and dotted(node.func).split(".")[-1] in {"commit", "rollback", "begin_nested"}:
            yield f"{name}:{node.lineno} calls {dotted(node.func)}"


def no_import_inside_a_function(name: str, tree: ast.Module) -> Iterator[str]:
    """Inside functions only packages are imported that cost time at start; our own modules never (that hides a cycle)."""
    for function in ast.walk(tree):
        if not isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        for node in ast.walk(function):
            modules = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            modules += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            if any(module.split(".")[0] == "board" for module in modules) and name not in {
                "board/__init__.py",
                "board/server.py",
                "board/cli.py",
            }:
                yield f"{name}:{node.lineno} imports our own module inside a function"


RULES: dict[Rule, str] = {  # each with a piece of code that breaks it
    no_markup: "from markupsafe import Markup\nx = Markup(title)",
    sql_is_constant: "tx.execute(text(f'SELECT * FROM cards WHERE id = {id}'))",
    secrets_are_compared_in_constant_time: "if given == row.token: pass",
    only_two_files_name_eventlet: "from eventlet import tpool",
    only_sockets_emit: "socketio.emit('event', {})",
    only_core_commits: "session.commit()",
    no_import_inside_a_function: "def f():\n    from board.boards import commands",
}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_rule_holds(rule: Rule) -> None:
    faults = [fault for name, tree in trees() for fault in rule(name, tree)]
    assert not faults, f"{rule.__doc__}\n" + "\n".join(faults)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_rule_can_fail(rule: Rule) -> None:
    assert list(rule("board/boards/example.py", ast.parse(RULES[rule])))


@pytest.mark.parametrize(
    "code",
    [
        "tx.execute('SELECT ' + column)",
        "tx.execute('SELECT %s' % column)",
        "text('SELECT {}'.format(column))",
        "cursor.executescript(f'DROP TABLE {name}')",
    ],
)
def test_sql_built_in_other_ways_is_found(code: str) -> None:
    assert list(sql_is_constant("board/x.py", ast.parse(code)))


def test_sql_over_constants_is_allowed() -> None:
    code = "for p in ('a', 'b'):\n    cursor.execute(f'PRAGMA {p}')\ntx.execute(text('SELECT 1'))\ntx.execute(select(x).where(y))"
    assert not list(sql_is_constant("board/x.py", ast.parse(code)))


# ── templates and scripts ────────────────────────────────────────────────────────────────────────

UNSAFE_TEMPLATE = re.compile(
    r"\|\s*safe\b|\{%-?\s*autoescape\s+false|\bon[a-z]+\s*=\s*[\"']|<script(?![^>]*(?:\bsrc=|application/json))",
    re.IGNORECASE,
)
UNSAFE_SCRIPT = re.compile(
    r"\b(?:innerHTML|outerHTML|insertAdjacentHTML|dangerouslySetInnerHTML|createContextualFragment)\b|\beval\s*\(|\bnew Function\b|\bdocument\.write\b"
)
#: descriptions come from the server as HTML that was made through the allow list; this file alone puts it in
TAKES_SERVER_HTML = {"board/static/js/core/safe-html.js"}


def unsafe_lines(text: str, pattern: re.Pattern[str]) -> list[int]:
    return [number for number, line in enumerate(text.splitlines(), 1) if pattern.search(line)]


def test_templates_escape_everything() -> None:
    faults = [
        f"{n}:{line}"
        for n, text in texts(".html", ".txt", under="board/templates/")
        for line in unsafe_lines(text, UNSAFE_TEMPLATE)
    ]
    assert not faults


def test_scripts_make_no_html() -> None:
    ours = [(n, text) for n, text in texts(".js", ".mjs", under="board/static/js/") if n not in TAKES_SERVER_HTML]
    assert not [f"{n}:{line}" for n, text in ours for line in unsafe_lines(text, UNSAFE_SCRIPT)]


@pytest.mark.parametrize(
    "bad",
    ["{{ title|safe }}", "{{ x | safe }}", '<a onclick="go()">', "<script>go()</script>", "{% autoescape false %}"],
)
def test_unsafe_template_is_found(bad: str) -> None:
    assert unsafe_lines(bad, UNSAFE_TEMPLATE) == [1]


@pytest.mark.parametrize(
    "good",
    [
        '<script type="module" src="{{ asset("js/board.js") }}"></script>',
        '<script type="application/json" id="boot">',
        "{{ title }}",
    ],
)
def test_safe_template_is_left_alone(good: str) -> None:
    assert not unsafe_lines(good, UNSAFE_TEMPLATE)


@pytest.mark.parametrize(
    "bad", ["el.innerHTML = title", "eval(code)", "new Function('a')", "dangerouslySetInnerHTML: {"]
)
def test_unsafe_script_is_found(bad: str) -> None:
    assert unsafe_lines(bad, UNSAFE_SCRIPT) == [1]


# ── style sheets ─────────────────────────────────────────────────────────────────────────────────

SIDES = re.compile(
    r"(?:^|[\s;{])(?:left|right|[a-z-]+-(?:left|right)(?:-[a-z]+)?|(?:min-|max-)?(?:width|height))\s*:"
    r"|:[^;{]*(?<![\w-])(?:left|right)(?![\w-])"
)
FOUR_SIDES = re.compile(r"(?<![\w-])(?:margin|padding|inset|border-width|scroll-margin|scroll-padding)\s*:\s*([^;}]+)")


def physical_lines(css: str) -> list[int]:
    """Where a sheet says left or right instead of start or end, or means it by its fourth value; ``/* physical: why */`` allows a line."""
    found = []
    bare = re.sub(r"/\*(?!\s*physical:).*?\*/", lambda comment: "\n" * comment[0].count("\n"), css, flags=re.DOTALL)
    for number, line in enumerate(bare.splitlines(), 1):
        uneven = any(
            len(sides := re.findall(r"(?:[^\s(]|\((?:[^()]|\([^()]*\))*\))+", value)) == 4 and sides[1] != sides[3]
            for value in FOUR_SIDES.findall(line)
        )
        if (SIDES.search(line) or uneven) and "/* physical:" not in line:
            found.append(number)
    return found


def test_style_sheets_know_no_left_and_right() -> None:
    """So that every page is mirrored for those who read from the right."""
    sheets = list(texts(".css", under="board/static/css/"))
    assert len(sheets) > 40
    assert not [f"{n}:{line}" for n, text in sheets for line in physical_lines(text)]


@pytest.mark.parametrize(
    "bad",
    [
        "a { left: 0; }",
        "a { margin-left: 4px; }",
        "  border-top-right-radius: 3px;",
        "  text-align: right;",
        "  width: 3rem;",
        "  padding: 1px 2px 1px 3px;",
        "  margin: 0 calc(1px + var(--a)) 0 0; /* why not */",
        "/* a\ncomment */ a { float: left; }",
    ],
)
def test_a_side_is_found(bad: str) -> None:
    assert physical_lines(bad) == [bad.count("\n") + 1]


@pytest.mark.parametrize(
    "good",
    [
        "a { margin-inline-start: 4px; padding: 1px 2px 3px; margin: 0 calc(1px + 2px) 3px calc(1px + 2px); }",
        ".roster__line--left { inline-size: 3rem; }",
        "@media (width < 52rem) {",
        "/* from left to right: */",
        "  inset: 0 auto auto 0; /* physical: it follows the finger */",
    ],
)
def test_start_and_end_are_left_alone(good: str) -> None:
    assert not physical_lines(good)


# ── every tracked file ───────────────────────────────────────────────────────────────────────────

# Written in pieces, so that this file does not name what it looks for.
REGISTRY = re.compile(
    "|".join(
        [
            "pypi" + r"\.org",
            "pythonhosted" + r"\.org",
            "npm" + r"js\.org",
            "npm" + r"js\.com",
            "registry" + r"\.yarn",
            "deb" + r"\.debian\.org",
        ]
    )
)
OUTSIDE = re.compile(r"\.\./" + "shared|/work/" + "(?:main|shared)")


def test_no_file_names_a_package_registry() -> None:
    """Packages come from where the machine's own settings say."""
    assert not [f"{n}:{line}" for n, text in texts() for line in unsafe_lines(text, REGISTRY)]


def test_no_file_points_outside_the_repository() -> None:
    assert not [f"{n}:{line}" for n, text in texts() for line in unsafe_lines(text, OUTSIDE)]


def test_registries_and_outside_paths_are_found() -> None:
    assert unsafe_lines("resolved: https://registry.npm" + "js.org/x", REGISTRY)
    assert unsafe_lines("see ../" + "shared/api.md", OUTSIDE)
