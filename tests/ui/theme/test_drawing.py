"""Fonts, icons, shadows and kept texts."""

from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QIcon, QImage, QPainter
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ui.theme.fonts import preferred_family, preferred_mono_family
from ui.theme.icon_names import GLYPHS
from ui.theme.lettering import Lettering
from ui.theme.motion import Transition
from ui.theme.text_lines import TextLines
from ui.theme.theme import Theme
from ui.theme.tokens import ThemeMode


def inked(image: QImage) -> bool:
    """Whether anything was painted into an image."""
    return any(image.pixelColor(x, y).alpha() > 0 for x in range(image.width()) for y in range(image.height()))


@pytest.mark.parametrize(
    ("system", "installed", "platform", "family"),
    [
        ("Sans Serif", {"Inter", "Noto Sans"}, "linux", "Inter"),
        ("DejaVu Sans", {"Noto Sans"}, "linux", "Noto Sans"),
        ("Cantarell", {"Inter"}, "linux", "Cantarell"),
        ("Sans Serif", set(), "linux", "Sans Serif"),
        ("Segoe UI", {"Inter"}, "win32", "Segoe UI"),
        ("Helvetica", {"Inter"}, "darwin", "Helvetica"),
    ],
)
def test_only_a_generic_family_is_replaced(system: str, installed: set[str], platform: str, family: str) -> None:
    assert preferred_family(system, frozenset(installed), platform=platform) == family


def test_a_generic_mono_family_is_replaced_on_linux() -> None:
    installed = frozenset({"DejaVu Sans Mono"})
    assert preferred_mono_family("monospace", installed, platform="linux") == "DejaVu Sans Mono"


def test_tabular_figures_have_one_width(theme: Theme) -> None:
    metrics = QFontMetricsF(theme.font("body", tabular=True))
    assert metrics.horizontalAdvance("1111") == pytest.approx(metrics.horizontalAdvance("8888"))


@pytest.mark.parametrize("name", sorted(GLYPHS))
def test_every_icon_can_be_painted(theme: Theme, name: str) -> None:
    assert inked(theme.icons.pixmap(name, "text", 16).toImage())


def test_an_icon_has_the_pixels_of_its_ratio(theme: Theme) -> None:
    pixmap = theme.icons.pixmap("search", "text", 16, ratio=2.0)
    assert pixmap.size() == QSize(32, 32)
    assert pixmap.deviceIndependentSize().toSize() == QSize(16, 16)


def test_an_icon_nobody_drew_is_refused(theme: Theme) -> None:
    with pytest.raises(KeyError):
        theme.icons.pixmap("no such icon", "text", 16)


def darkest(icon: QIcon) -> int:
    """Lightness of the darkest solid pixel of an icon."""
    image = icon.pixmap(QSize(16, 16)).toImage()
    pixels = [image.pixelColor(x, y) for x in range(16) for y in range(16)]
    return min(pixel.lightness() for pixel in pixels if pixel.alpha() > 200)


def test_an_icon_in_a_menu_follows_the_theme(theme: Theme) -> None:
    icon = theme.icons.icon("add", "text")
    light = darkest(icon)
    theme.set_mode(ThemeMode.DARK)
    assert darkest(icon) > light + 100


def test_a_shadow_ends_before_its_margin(theme: Theme) -> None:
    image = QImage(300, 300, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    frame = QRect(50, 50, 200, 200)
    theme.shadow.paint(painter, frame, radius=10, colour=theme.palette.shadow, metrics=theme.metrics)
    painter.end()
    margin = theme.metrics.shadow_margin
    assert image.pixelColor(150, 250 + margin - 1).alpha() == 0
    assert image.pixelColor(150, 256).alpha() > image.pixelColor(150, 44).alpha() > 0


def test_the_shadow_of_a_small_frame_has_no_seam(theme: Theme) -> None:
    image = QImage(300, 120, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    theme.shadow.paint(painter, QRect(40, 36, 220, 44), radius=10, colour=theme.palette.shadow, metrics=theme.metrics)
    painter.end()
    side = [image.pixelColor(34, y).alpha() for y in range(image.height())]
    assert max(abs(after - before) for before, after in pairwise(side)) <= 2


def test_a_text_that_fits_is_not_shortened(theme: Theme) -> None:
    assert Lettering().elided(theme.font("body"), "Anna", 200) == "Anna"


def test_a_text_that_does_not_fit_ends_in_an_ellipsis(theme: Theme) -> None:
    lettering, font = Lettering(), theme.font("body")
    short = lettering.elided(font, "Bramhall Packaging International", 100)
    assert short.endswith("…")
    assert lettering.width(font, short) <= 100


def test_lettering_writes_at_the_right_end_when_told(theme: Theme) -> None:
    image = QImage(100, 20, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    font = theme.font("body", tabular=True)
    Lettering().write(painter, image.rect(), "7", font=font, colour=QColor("black"), right=True)
    painter.end()
    assert inked(image.copy(QRect(QPoint(85, 0), QSize(15, 20))))
    assert not inked(image.copy(QRect(QPoint(0, 0), QSize(85, 20))))


def test_a_long_body_is_cut_to_the_lines_allowed(theme: Theme) -> None:
    lines = TextLines().lines("word " * 60, font=theme.font("body"), width=200, most=2)
    assert len(lines) == 2
    assert lines[1].endswith("…")


def test_a_short_body_keeps_its_words(theme: Theme) -> None:
    lines = TextLines().lines("two words", font=theme.font("body"), width=200, most=2)
    assert lines == ("two words",)


def test_a_transition_without_time_arrives_at_once(theme: Theme, qtbot: QtBot) -> None:
    host = QWidget()
    qtbot.addWidget(host)
    seen: list[float] = []
    transition = Transition(host, lambda: seen.append(transition.value))
    transition.go(1.0, 0)
    assert seen == [1.0]


def test_a_transition_glides_to_its_target(theme: Theme, qtbot: QtBot) -> None:
    host = QWidget()
    qtbot.addWidget(host)
    seen: list[float] = []
    transition = Transition(host, lambda: seen.append(transition.value))
    transition.go(1.0, 60)
    qtbot.waitUntil(lambda: transition.value == 1.0, timeout=2000)
    assert len(seen) > 1
    assert seen == sorted(seen)
