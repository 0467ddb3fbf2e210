"""The house as docs/architecture.md draws it: every rule is a case, and each case can fail."""

from __future__ import annotations

import ast
import dataclasses
import importlib.metadata
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from importlinter import Contract, ContractCheck, configuration
from importlinter.application import use_cases

from services.store.ledger.projectors import OpenChange
from services.store.tables import Base, TableKind

ROOT = Path(__file__).parent.parent
PACKAGES = ("mycrm_desktop", "ui", "services", "sync", "resources")
SETTINGS = ROOT / "pyproject.toml"
MODULES = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))

LONGEST_MODULE = 400
LONGEST_FRAME = 300
MOST_COLLABORATORS = 6
WORDS_THAT_SAY_NOTHING = ("util", "utils", "helper", "helpers", "common", "manager", "managers", "misc")
MAY_CATCH_EVERYTHING = ("ui/tasks.py", "services/bus.py", "sync/runner.py", "mycrm_desktop/crash.py")
START_PATH = ("mycrm_desktop.__main__", "mycrm_desktop.app", "mycrm_desktop.wiring", "ui.main_window")
FORMATS = ("icalendar", "vobject", "python_calamine", "xlsxwriter")
TOO_HEAVY_TO_START = ("sklearn", "scipy", "pandas", "pyqtgraph", *FORMATS)

configuration.configure()
OPTIONS = use_cases.read_user_options(str(SETTINGS))
use_cases._register_contract_types(OPTIONS)
CONTRACTS = [str(options["name"]) for options in OPTIONS.contracts_options]


def name_of(path: Path) -> str:
    """A module's path in the project, as people write it."""
    return path.relative_to(ROOT).as_posix()


def tree_of(path: Path) -> ast.Module:
    """A module's syntax tree."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


# --- Who may know whom --------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def checked() -> dict[str, tuple[Contract, ContractCheck]]:
    """Every import contract with its result; the graph is built once."""
    report = use_cases.create_report(OPTIONS, cache_dir=None)
    return {contract.name: (contract, check) for contract, check in report.get_contracts_and_checks()}


@pytest.mark.parametrize("sentence", CONTRACTS)
def test_import_contract(sentence: str, checked: dict[str, tuple[Contract, ContractCheck]]) -> None:
    contract, check = checked[sentence]
    if not check.kept:
        contract.render_broken_contract(check)  # into the captured output: importer, imported, line
    assert check.kept, f"broken: {sentence}"


TRESPASSES = {
    "Start-up knows ui and sync, these know services but not each other, services know only resources": (
        "sync/runner.py",
        "import ui.theme",
    ),
    "Only the store knows SQLAlchemy, Alembic and sqlcipher3": (
        "services/deals/find.py",
        "import sqlcipher3",
    ),
    "Only the vault knows keyring and cryptography": ("sync/oauth.py", "import keyring"),
    "Only sync knows httpx2, Authlib, openai and tuf": ("services/drafting.py", "import openai"),
    "Only insights know scikit-learn and scipy": ("services/bus.py", "import services.deals.win, sklearn"),
    "Only the start of the window knows qasync": ("ui/loop.py", "import qasync"),
    "Only ui and start-up know Qt": ("services/colours.py", "from PySide6.QtGui import QColor"),
    "Nobody knows the unmaintained httpx": ("sync/http.py", "import httpx"),
    "Widgets, delegates and theme know no service": ("ui/widgets/card.py", "import services.deals"),
    "Inside ui the frame knows pages, pages know widgets, never the other way": (
        "ui/delegates/money.py",
        "import ui.pages",
    ),
    "No cycles between siblings anywhere": (
        "services/deals/win.py",
        "import services.deals.find, services.bus",
    ),
}


@pytest.fixture(scope="module")
def trespassers(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What the contracts say to a small house in which each of them is broken once."""
    house = tmp_path_factory.mktemp("house")
    (house / "pyproject.toml").write_bytes(SETTINGS.read_bytes())
    files = dict(TRESPASSES.values())
    rooms = ["ui/widgets", "ui/delegates", "ui/theme", "ui/pages", "services/store", "services/deals"]
    files |= {f"{room}/__init__.py": "" for room in [*rooms, *PACKAGES]}
    for name, line in files.items():
        (house / name).parent.mkdir(parents=True, exist_ok=True)
        (house / name).write_text(line + "\n", encoding="utf-8")
    linter = [str(Path(sys.executable).with_name("lint-imports")), "--no-logo", "--no-cache"]
    environment = {**os.environ, "PYTHONPATH": f"{house}{os.pathsep}{ROOT}", "COLUMNS": "200"}
    done = subprocess.run(linter, cwd=house, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 1, done.stdout + done.stderr
    return done.stdout


@pytest.mark.parametrize("sentence", CONTRACTS)
def test_import_contract_can_fail(sentence: str, trespassers: str) -> None:
    assert f"{sentence} BROKEN" in trespassers, trespassers


@pytest.mark.parametrize("package", PACKAGES)
def test_package_name_belongs_to_no_other_distribution(package: str) -> None:
    claimed = set(importlib.metadata.packages_distributions().get(package, []))
    assert claimed <= {"mycrm-desktop"}


def test_the_folder_packaging_does_not_hide_the_library_of_that_name() -> None:
    assert not (ROOT / "packaging" / "__init__.py").exists()
    import packaging.version

    assert packaging.version.Version("6.11.3") < packaging.version.Version("6.12")


# --- Budgets ------------------------------------------------------------------------------------------------


def test_modules_have_at_most_400_lines() -> None:
    lengths = {name_of(path): len(path.read_text(encoding="utf-8").splitlines()) for path in MODULES}
    assert {name: length for name, length in lengths.items() if length > LONGEST_MODULE} == {}


def test_the_main_window_is_a_frame_of_at_most_300_lines() -> None:
    frames = [path for path in MODULES if name_of(path) == "ui/main_window.py"]
    assert [path for path in frames if len(path.read_text("utf-8").splitlines()) > LONGEST_FRAME] == []


def test_names_of_modules_say_what_is_in_them() -> None:
    empty = "|".join(WORDS_THAT_SAY_NOTHING)
    nameless = re.compile(rf"(^|.*_|.*/)({empty})(/|\.py$)|(^|.*/)models?\.py$")
    assert [name_of(path) for path in MODULES if nameless.match(name_of(path))] == []


def broad_handlers(tree: ast.AST) -> Iterator[ast.ExceptHandler]:
    """`except:`, `except Exception` and the like; what cleans up and raises again catches nothing."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.ExceptHandler):
            continue
        caught = {name.id for name in ast.walk(node.type) if isinstance(name, ast.Name)} if node.type else set()
        last = node.body[-1]
        cleans_up = caught == {"BaseException"} and isinstance(last, ast.Raise) and last.exc is None
        if node.type is None or "Exception" in caught or ("BaseException" in caught and not cleans_up):
            yield node


BROAD = [(path, handler) for path in MODULES for handler in broad_handlers(tree_of(path))]


def test_everything_is_caught_in_four_places_only() -> None:
    elsewhere = [(path, found) for path, found in BROAD if name_of(path) not in MAY_CATCH_EVERYTHING]
    assert [f"{name_of(path)}:{found.lineno}" for path, found in elsewhere] == []


def test_what_is_caught_broadly_is_logged_with_its_trace() -> None:
    told = re.compile(r"\.exception\(|exc_info=")
    silent = [(path, found) for path, found in BROAD if not told.search(ast.unparse(found))]
    assert [f"{name_of(path)}:{found.lineno}" for path, found in silent] == []


@pytest.mark.parametrize(
    ("handler", "expected"),
    [
        ("except ValueError: pass", 0),
        ("except BaseException: close(); raise", 0),
        ("except: pass", 1),
        ("except Exception: log()", 1),
        ("except (OSError, Exception): log()", 1),
        ("except BaseException: close()", 1),
        ("except BaseException as problem: raise Other() from problem", 1),
    ],
)
def test_a_broad_handler_is_known_when_seen(handler: str, expected: int) -> None:
    assert len(list(broad_handlers(ast.parse(f"try: work()\n{handler}")))) == expected


def test_nobody_pumps_the_event_loop() -> None:
    pumping = [name_of(path) for path in MODULES if "processEvents" in path.read_text(encoding="utf-8")]
    assert pumping == []


# fmt: off
PLAIN = {
    "str", "int", "float", "bool", "bytes", "None", "Path", "date", "datetime", "timedelta", "Literal",
    "Sequence", "Mapping", "Iterable", "tuple", "list", "dict", "set", "frozenset",
}
# fmt: on


def collaborators(constructor: ast.FunctionDef) -> list[str]:
    """What an object is given to work with: no plain values, and not the parent in Qt's tree of objects."""
    arguments = constructor.args
    named = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
    found = []
    for argument in named:
        words = ast.walk(argument.annotation) if argument.annotation else []
        types = {word.id for word in words if isinstance(word, ast.Name)}
        if argument.arg not in ("self", "parent") and (types - PLAIN or argument.annotation is None):
            found.append(argument.arg)
    return found


def constructors(tree: ast.AST) -> Iterator[ast.FunctionDef]:
    """Every `__init__` that is written out; a dataclass has none."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and node.name == "__init__":
            yield node


def test_constructors_take_at_most_six_collaborators() -> None:
    taken = [(path, made, collaborators(made)) for path in MODULES for made in constructors(tree_of(path))]
    crowded = [(path, made, found) for path, made, found in taken if len(found) > MOST_COLLABORATORS]
    assert [f"{name_of(path)}:{made.lineno} {found}" for path, made, found in crowded] == []
    assert max(len(found) for _, _, found in taken) > 1, "the rule sees no collaborators any more"


def test_the_way_to_the_window_loads_nothing_heavy() -> None:
    started = [module for module in START_PATH if (ROOT / f"{module.replace('.', '/')}.py").exists()]
    loading = "; ".join(["import sys", *(f"import {module}" for module in started)])
    loading += f"; print(*sorted(set({TOO_HEAVY_TO_START}) & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", loading], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr, done.stdout.strip()) == (0, "", "")


# --- The ledger ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("table", sorted(Base.metadata.tables))
def test_table_is_of_one_of_the_known_kinds(table: str) -> None:
    assert isinstance(Base.metadata.tables[table].info.get("kind"), TableKind)


def test_a_projector_is_handed_nothing_personal() -> None:
    handed = {field.name for field in dataclasses.fields(OpenChange)}
    assert "fields" in handed
    assert not [name for name in handed if "personal" in name or "salt" in name]


def projector_modules() -> list[Path]:
    """Modules that define a class which takes in open changes."""

    def takes_changes(node: ast.AST) -> bool:
        is_apply = isinstance(node, ast.FunctionDef) and node.name == "apply"
        return is_apply and "OpenChange" in ast.unparse(node.args)  # type: ignore[attr-defined]

    found = [path for path in MODULES if any(map(takes_changes, ast.walk(tree_of(path))))]
    return [path for path in found if path.name != "projectors.py"]  # the protocol itself


@pytest.mark.parametrize("path", projector_modules(), ids=name_of)
def test_projector_reads_no_personal_field_no_clock_and_no_table_of_others(path: Path) -> None:
    tree = tree_of(path)
    words: set[Any] = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    words |= {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    words |= {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant)}
    assert not words & {"personal", "now", "utcnow", "today", "monotonic", "execute", "exec_driver_sql"}
    imported = {
        alias.name.split(".")[0] if isinstance(node, ast.Import) else str(node.module)
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
    }
    assert not imported & {
        "time",
        "random",
        "secrets",
        "os",
        "sqlalchemy",
        "services.clock",
        "services.settings",
    }
