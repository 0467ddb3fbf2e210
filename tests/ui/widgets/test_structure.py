"""Navigation, tabs, layouts, the focus ring, and the gallery as a whole."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui.theme.theme import Theme
from ui.theme.tokens import ThemeMode
from ui.widgets.button import Button
from ui.widgets.elided_label import ElidedLabel
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.focus_ring import FocusOutline, FocusRing
from ui.widgets.gallery import build_gallery
from ui.widgets.gallery_composites import build_composites
from ui.widgets.line_field import LineField
from ui.widgets.navigation_list import NavigationList
from ui.widgets.progress_bar import ProgressBar
from ui.widgets.recovery_code_view import RecoveryCodeView
from ui.widgets.ring import Ring
from ui.widgets.step_indicator import StepIndicator
from ui.widgets.tab_bar import TabBar
from ui.widgets.verdict_bar import SMALLEST_PART, VerdictBar, VerdictPart


def activate(qtbot: QtBot, window: QWidget) -> None:
    """Focus goes only to widgets of the active window."""
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow, timeout=2000)


def two_tabs(qtbot: QtBot) -> TabBar:
    tabs = TabBar("Parts of the contact")
    tabs.add_tab("Timeline", count="48")
    tabs.add_tab("Fields")
    qtbot.addWidget(tabs)
    tabs.resize(600, 36)
    return tabs


def test_arrows_move_between_tabs(theme: Theme, qtbot: QtBot) -> None:
    tabs = two_tabs(qtbot)
    with qtbot.waitSignal(tabs.tab_chosen, timeout=1000) as caught:
        QTest.keyClick(tabs, Qt.Key.Key_Right)
    assert caught.args == [1]
    assert tabs.accessibleName() == "Parts of the contact: Fields"


def test_a_forbidden_tab_is_skipped_and_an_action_never_becomes_current(theme: Theme, qtbot: QtBot) -> None:
    tabs = TabBar("Views")
    qtbot.addWidget(tabs)
    tabs.resize(600, 36)
    tabs.add_tab("All")
    tabs.add_tab("Locked", enabled=False)
    tabs.add_action("Save view")
    with qtbot.assertNotEmitted(tabs.tab_chosen):
        QTest.keyClick(tabs, Qt.Key.Key_Right)
    with qtbot.waitSignal(tabs.action_pressed, timeout=1000) as caught:
        QTest.mouseClick(tabs, Qt.MouseButton.LeftButton, pos=tabs.tab_rect(2).center())
    assert caught.args == [2]
    assert tabs.current == 0


def test_tabs_that_do_not_fit_move_into_the_more_menu(theme: Theme, qtbot: QtBot) -> None:
    tabs = TabBar("Views")
    qtbot.addWidget(tabs)
    for number in range(8):
        tabs.add_tab(f"A rather long view {number}")
    tabs.show()
    tabs.resize(2000, 36)
    assert not tabs.tab_rect(7).isEmpty()
    tabs.resize(500, 36)
    assert tabs.tab_rect(7).isEmpty()
    assert not tabs.tab_rect(0).isEmpty()


def test_the_rail_tells_which_page_was_chosen_and_marks_the_current(theme: Theme, qtbot: QtBot) -> None:
    rail = NavigationList("Pages")
    qtbot.addWidget(rail)
    today = rail.add_page("today", "Today", icon="today")
    deals = rail.add_page("deals", "Deals", icon="deals")
    rail.set_current("today")
    with qtbot.waitSignal(rail.page_chosen, timeout=1000) as caught:
        deals.click()
    assert caught.args == ["deals"]
    assert today.isChecked()
    rail.set_current("deals")
    assert (today.isChecked(), deals.isChecked()) == (False, True)


def test_a_collapsed_entry_keeps_its_name_and_count(theme: Theme, qtbot: QtBot) -> None:
    rail = NavigationList("Pages")
    qtbot.addWidget(rail)
    item = rail.add_page("today", "Today", icon="today", shortcut="G T")
    rail.set_count("today", "7")
    rail.set_collapsed(True)
    assert item.accessibleName() == "Today, 7"
    assert item.toolTip() == "Today\tG T"
    assert item.sizeHint().width() < 60


def test_arrows_move_the_focus_along_the_rail(theme: Theme, qtbot: QtBot) -> None:
    rail = NavigationList("Pages")
    qtbot.addWidget(rail)
    first = rail.add_page("today", "Today", icon="today")
    second = rail.add_page("deals", "Deals", icon="deals")
    rail.show()
    activate(qtbot, rail)
    first.setFocus()
    QTest.keyClick(first, Qt.Key.Key_Down)
    assert second.hasFocus()


def test_a_flow_goes_on_in_the_next_line(theme: Theme, qtbot: QtBot) -> None:
    place = QWidget()
    qtbot.addWidget(place)
    flow = FlowLayout(place, gap=8, line_gap=6)
    for _ in range(4):
        label = QLabel()
        label.setFixedSize(100, 20)
        flow.addWidget(label)
    assert flow.heightForWidth(500) == 20
    assert flow.heightForWidth(216) == 46
    assert flow.heightForWidth(100) == 4 * 20 + 3 * 6
    flow.clear()
    assert flow.count() == 0


def test_every_part_of_a_verdict_is_visible_and_all_fill_the_bar(theme: Theme, qtbot: QtBot) -> None:
    bar = VerdictBar([VerdictPart("new", 100_000), VerdictPart("bad", 1), VerdictPart("none", 0)])
    qtbot.addWidget(bar)
    widths = bar.part_widths(400)
    assert len(widths) == 2
    assert min(widths) >= SMALLEST_PART
    assert sum(widths) + 2 == pytest.approx(400)


def test_a_verdict_is_read_out_in_counts(theme: Theme, qtbot: QtBot) -> None:
    bar = VerdictBar([VerdictPart("new", 1506), VerdictPart("skipped", 12)])
    qtbot.addWidget(bar)
    assert bar.accessibleName() == "1506 new, 12 skipped"


def test_a_masked_code_shows_only_its_ends(theme: Theme, qtbot: QtBot) -> None:
    view = RecoveryCodeView(masked=True)
    qtbot.addWidget(view)
    view.set_code("K7PM-4TWR-9CHE-V2NA-6LGY-JX3F-8DBU-Q2XD")
    assert view._lines() == ["K7PM-••••-••••-••••", "••••-••••-••••-Q2XD"]
    assert view.accessibleDescription() == ""


def test_a_cleared_code_is_forgotten(theme: Theme, qtbot: QtBot) -> None:
    view = RecoveryCodeView()
    qtbot.addWidget(view)
    view.set_code("K7PM-4TWR")
    view.clear()
    assert view._groups == ()
    assert view.accessibleDescription() == ""


def test_an_assistant_says_where_it_stands(theme: Theme, qtbot: QtBot) -> None:
    steps = StepIndicator(["File", "Map", "Import"])
    qtbot.addWidget(steps)
    steps.set_current(1)
    assert steps.accessibleName() == "Step 2 of 3: Map"


def test_progress_is_kept_within_its_ends(theme: Theme, qtbot: QtBot) -> None:
    bar = ProgressBar("Import")
    qtbot.addWidget(bar)
    bar.set_progress(1.7, right="Done")
    assert bar.value() == bar.maximum()
    assert bar.accessibleDescription() == "Done"


def test_a_ring_is_read_with_its_number(theme: Theme, qtbot: QtBot) -> None:
    ring = Ring("Target")
    qtbot.addWidget(ring)
    ring.set_ring(0.62, text="62%", caption="of target")
    assert ring.accessibleName() == "Target 62% of target"


def test_an_elided_label_says_the_rest_in_its_tooltip(theme: Theme, qtbot: QtBot) -> None:
    label = ElidedLabel("Bramhall Packaging International")
    qtbot.addWidget(label)
    label.show()
    label.resize(80, 18)
    assert label.is_elided
    assert label.toolTip() == "Bramhall Packaging International"
    label.resize(400, 18)
    assert label.toolTip() == ""


def shown(ring: FocusRing) -> bool:
    return ring.is_shown


def ringed_window(qtbot: QtBot) -> tuple[QWidget, Button, LineField]:
    window = QWidget()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    column.setContentsMargins(20, 20, 20, 20)
    button, field = Button("Save"), LineField("Name")
    column.addWidget(button)
    column.addWidget(field)
    window.show()
    activate(qtbot, window)
    return window, button, field


def test_the_ring_comes_with_the_keyboard_and_goes_with_the_mouse(
    theme: Theme, qtbot: QtBot, qapp: QApplication
) -> None:
    window, button, _field = ringed_window(qtbot)
    ring = FocusRing(qapp)
    button.setFocus()
    assert not shown(ring)
    handle = window.windowHandle()
    QTest.keyClick(handle, Qt.Key.Key_Tab)
    button.setFocus()
    assert shown(ring)
    QTest.mouseClick(handle, Qt.MouseButton.LeftButton, pos=QPoint(2, 2))
    assert not shown(ring)
    ring.stop()


def test_the_ring_lies_one_pixel_outside_and_follows(theme: Theme, qtbot: QtBot, qapp: QApplication) -> None:
    window, button, _field = ringed_window(qtbot)
    ring = FocusRing(qapp)
    ring.set_keyboard_used(True)
    button.setFocus()
    outline = window.findChild(FocusOutline)
    assert isinstance(outline, FocusOutline)
    assert outline.geometry() == QRect(button.pos(), button.size()).adjusted(-3, -3, 3, 3)
    button.move(50, 60)
    assert outline.geometry().topLeft() == QPoint(47, 57)
    ring.stop()


def test_an_input_has_its_halo_after_the_mouse_too(theme: Theme, qtbot: QtBot, qapp: QApplication) -> None:
    _window, _button, field = ringed_window(qtbot)
    ring = FocusRing(qapp)
    field.editor.setFocus(Qt.FocusReason.MouseFocusReason)
    assert shown(ring)
    ring.stop()


@pytest.mark.parametrize("build", [build_gallery, build_composites], ids=["states", "composites"])
def test_every_control_of_the_gallery_has_a_name(theme: Theme, qtbot: QtBot, build: Callable[[Theme], QWidget]) -> None:
    page = build(theme)
    qtbot.addWidget(page)
    unnamed = [
        type(widget).__name__
        for widget in page.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not widget.accessibleName()
        and not isinstance(widget, QLineEdit)
    ]
    assert unnamed == []


@pytest.mark.parametrize("mode", [ThemeMode.LIGHT, ThemeMode.DARK])
def test_the_gallery_follows_the_theme_while_open(theme: Theme, qtbot: QtBot, mode: ThemeMode) -> None:
    theme.set_mode(ThemeMode.DARK if mode is ThemeMode.LIGHT else ThemeMode.LIGHT)
    page = build_gallery(theme)
    qtbot.addWidget(page)
    page.resize(1440, 900)
    page.grab()
    theme.set_mode(mode)
    image = page.grab().toImage()
    assert image.pixelColor(4, 4).name() == theme.palette.surface.name()


def test_the_gallery_fits_the_width_of_its_picture(theme: Theme, qtbot: QtBot) -> None:
    page = build_gallery(theme)
    qtbot.addWidget(page)
    assert page.minimumSizeHint().width() <= 1440
