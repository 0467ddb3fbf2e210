"""What an empty page shows: its sentence in the middle, and a plus only where something can be added."""

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ui.theme.theme import Theme
from ui.theme.tokens import ThemeMode
from ui.widgets.empty_drawing import EmptyDrawing
from ui.widgets.empty_state import EmptyState
from ui.widgets.label import Label
from ui.widgets.paragraph import Paragraph
from ui.widgets.scroll_area import ScrollArea


@pytest.mark.parametrize("width", [320, 1200])
def test_the_sentence_stands_in_the_middle_below_its_title(theme: Theme, qtbot: QtBot, width: int) -> None:
    empty = EmptyState("The trash is empty", "What you delete comes here.", action="Back")
    qtbot.addWidget(empty)
    empty.resize(width, 700)
    empty.show()
    sentence = empty.findChild(Paragraph)
    assert sentence is not None
    place = QRect(sentence.mapTo(empty, QPoint(0, 0)), sentence.size())
    assert abs(place.center().x() - empty.rect().center().x()) <= 2
    assert sentence.width() == min(theme.metrics.empty_text, width - 2 * theme.metrics.space_16)


def accent_share(drawing: EmptyDrawing, theme: Theme) -> float:
    """How much of a drawing is in the accent colour."""
    picture: QImage = drawing.grab().toImage()
    accent = theme.palette.accent.rgb()
    points = [(x, y) for x in range(picture.width()) for y in range(picture.height())]
    return sum(picture.pixel(x, y) == accent for x, y in points) / len(points)


def test_a_plus_stands_only_where_something_can_be_added(theme: Theme, qtbot: QtBot) -> None:
    drawing = EmptyDrawing()
    qtbot.addWidget(drawing)
    drawing.resize(drawing.sizeHint())
    assert accent_share(drawing, theme) > 0.01
    drawing.set_badge("search")
    assert drawing.badge == "search"
    assert accent_share(drawing, theme) == 0


def test_a_spacing_that_was_chosen_outlives_a_change_of_the_theme(theme: Theme, qtbot: QtBot) -> None:
    area, usual = ScrollArea(), ScrollArea()
    for scrolled in (area, usual):
        qtbot.addWidget(scrolled)
        scrolled.body.addWidget(Label("Locked"))
        scrolled.body.addWidget(QWidget())
    area.body.setSpacing(0)
    theme.set_mode(ThemeMode.DARK)
    assert (area.body.spacing(), usual.body.spacing()) == (0, theme.metrics.gap)
