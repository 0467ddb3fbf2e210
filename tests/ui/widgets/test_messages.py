"""Toasts, tooltips, menus, popovers and banners."""

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from ui.theme.theme import Theme
from ui.widgets.banner import Banner, BannerKind
from ui.widgets.bulk_bar import BulkBar
from ui.widgets.focus_ring import FocusRing
from ui.widgets.label import Label
from ui.widgets.link_button import LinkButton
from ui.widgets.menu import Menu
from ui.widgets.popover import Popover
from ui.widgets.toast import Toast
from ui.widgets.toast_host import ToastHost
from ui.widgets.tooltip import Tooltip
from ui.widgets.tooltips import Tooltips


def shown_area(qtbot: QtBot) -> QWidget:
    """A page of a usual size."""
    area = QWidget()
    qtbot.addWidget(area)
    area.resize(1000, 600)
    area.show()
    return area


def action_of(toast: Toast) -> LinkButton:
    """The button of a toast."""
    button = toast.findChild(LinkButton)
    assert isinstance(button, LinkButton)
    return button


def test_a_newer_toast_replaces_the_older_which_stays_in_the_history(theme: Theme, qtbot: QtBot) -> None:
    host = ToastHost(shown_area(qtbot))
    host.show_message("First")
    second = host.show_message("Second")
    assert host.current is second
    assert host.history == ("Second", "First")


def test_undo_is_pressed_once_and_the_toast_goes(theme: Theme, qtbot: QtBot) -> None:
    host = ToastHost(shown_area(qtbot))
    toast = host.show_undoable("12 leads in Trash", icon="trash")
    with qtbot.waitSignal(toast.action_pressed, timeout=1000):
        action_of(toast).click()
    assert host.current is None


def test_a_toast_stands_centred_above_the_lower_edge(theme: Theme, qtbot: QtBot) -> None:
    area = shown_area(qtbot)
    host = ToastHost(area)
    toast = host.show_message("Saved")
    frame = QRect(toast.mapTo(area, toast.frame_rect.topLeft()), toast.frame_rect.size())
    assert area.height() - frame.bottom() - 1 == theme.metrics.toast_lift
    assert abs(frame.center().x() - area.rect().center().x()) <= 1
    area.resize(800, 500)
    moved = QRect(toast.mapTo(area, toast.frame_rect.topLeft()), toast.frame_rect.size())
    assert area.height() - moved.bottom() - 1 == theme.metrics.toast_lift


def test_a_hovered_toast_waits(theme: Theme, qtbot: QtBot) -> None:
    host = ToastHost(shown_area(qtbot))
    toast = host.show_message("Saved")
    assert host._timer.isActive()
    toast.hover_changed.emit(True)
    assert not host._timer.isActive()
    toast.hover_changed.emit(False)
    assert host._timer.isActive()


def test_an_error_stays_until_it_is_dismissed(theme: Theme, qtbot: QtBot) -> None:
    host = ToastHost(shown_area(qtbot))
    toast = host.show_error("Mail not sent.", kept="Kept in drafts.", action="Open")
    assert not host._timer.isActive()
    assert toast.accessibleName() == "Mail not sent. Kept in drafts."
    host.dismiss(toast)
    assert host.current is None


def test_dismissing_an_older_toast_leaves_the_newer(theme: Theme, qtbot: QtBot) -> None:
    host = ToastHost(shown_area(qtbot))
    older = host.show_progress("Importing contacts")
    newer = host.show_message("Saved")
    host.dismiss(older)
    assert host.current is newer


def test_progress_can_be_cancelled(theme: Theme, qtbot: QtBot) -> None:
    host = ToastHost(shown_area(qtbot))
    toast = host.show_progress("Importing contacts")
    toast.set_progress(0.5, count="900 of 1,800", rate="310 a second")
    with qtbot.waitSignal(toast.action_pressed, timeout=1000):
        action_of(toast).click()


def test_with_motion_a_toast_fades_in_and_loses_its_effect(theme: Theme, qtbot: QtBot) -> None:
    theme.set_reduced_motion(False)
    host = ToastHost(shown_area(qtbot))
    toast = host.show_message("Saved")
    assert toast.graphicsEffect() is not None
    qtbot.waitUntil(lambda: toast.graphicsEffect() is None, timeout=2000)
    host.dismiss()
    qtbot.waitUntil(lambda: host.current is None, timeout=2000)


def test_a_tooltip_keeps_its_shortcut_apart(theme: Theme, qtbot: QtBot) -> None:
    tip = Tooltip()
    qtbot.addWidget(tip)
    tip.set_tip("Merge both\tM")
    assert tip.accessibleName() == "Merge both, M"
    wide = tip.width()
    tip.set_tip("Merge both")
    assert tip.width() < wide


def test_a_long_tooltip_wraps(theme: Theme, qtbot: QtBot) -> None:
    tip = Tooltip()
    qtbot.addWidget(tip)
    tip.set_tip("word " * 60)
    assert tip.height() > 3 * theme.fonts.line_height("caption")
    assert tip.width() < 360


def test_keyboard_users_get_the_tooltip_too(theme: Theme, qtbot: QtBot, qapp: QApplication) -> None:
    tips = Tooltips(qapp)
    button = QPushButton("x")
    button.setToolTip("Columns\tC")
    qtbot.addWidget(button)
    button.show()
    button.activateWindow()
    ring = FocusRing(qapp)
    ring.keyboard_focus_reached.connect(tips.wait_at)
    ring.set_keyboard_used(True)
    button.setFocus()
    qtbot.waitUntil(lambda: tips._tip is not None and tips._tip.isVisible(), timeout=3000)
    ring.stop()
    tips.stop()
    assert theme.tips is None


def test_a_menu_item_keeps_ampersand_hint_and_danger(theme: Theme, qtbot: QtBot) -> None:
    menu = Menu()
    qtbot.addWidget(menu)
    action = menu.add_item("Juniper & Rowe", icon="trash", hint="Del", destructive=True)
    menu.open_at_point(QPoint(100, 100))
    assert action.text() == "Juniper && Rowe"
    assert menu.actionGeometry(action).height() == theme.metrics.menu_item
    menu.close()


def test_arrow_and_return_choose_in_a_menu(theme: Theme, qtbot: QtBot) -> None:
    menu = Menu()
    qtbot.addWidget(menu)
    menu.add_item("Edit")
    write = menu.add_item("Write")
    menu.open_at_point(QPoint(100, 100))
    QTest.keyClick(menu, Qt.Key.Key_Down)
    QTest.keyClick(menu, Qt.Key.Key_Down)
    with qtbot.waitSignal(write.triggered, timeout=1000):
        QTest.keyClick(menu, Qt.Key.Key_Return)


def test_a_popover_opens_below_its_anchor_and_escape_closes_it(theme: Theme, qtbot: QtBot) -> None:
    area = shown_area(qtbot)
    anchor = QPushButton("x", area)
    anchor.setGeometry(20, 20, 100, 32)
    anchor.show()
    popover = Popover(anchor)
    popover.set_content(Label("You are offline"))
    popover.open_at(anchor)
    frame_top = popover.mapToGlobal(popover.frame_rect.topLeft()).y()
    assert frame_top == anchor.mapToGlobal(QPoint(0, anchor.height())).y() + 4
    with qtbot.waitSignal(popover.closed, timeout=1000):
        QTest.keyClick(popover, Qt.Key.Key_Escape)


def test_a_press_in_the_shadow_of_a_popover_is_a_press_outside(theme: Theme, qtbot: QtBot) -> None:
    area = shown_area(qtbot)
    popover = Popover(area)
    popover.set_content(Label("You are offline"))
    popover.open_at(area)
    with qtbot.waitSignal(popover.closed, timeout=1000):
        QTest.mouseClick(popover, Qt.MouseButton.LeftButton, pos=QPoint(2, 2))


def test_a_banner_is_read_as_one_sentence_and_acts(theme: Theme, qtbot: QtBot) -> None:
    banner = Banner(BannerKind.OFFLINE, "Offline for 2 min.", "7 changes wait.", action="Show queue")
    qtbot.addWidget(banner)
    assert banner.accessibleName() == "Offline for 2 min. 7 changes wait."
    with qtbot.waitSignal(banner.action_pressed, timeout=1000):
        banner._button.click()


def test_the_bulk_bar_shows_a_count_and_escape_dismisses(theme: Theme, qtbot: QtBot) -> None:
    area = shown_area(qtbot)
    bar = BulkBar(area)
    bar.add_action("Edit", icon="edit")
    assert not bar.isVisible()
    bar.show_count("3 selected")
    assert bar.isVisible()
    with qtbot.waitSignal(bar.dismissed, timeout=1000):
        QTest.keyClick(bar, Qt.Key.Key_Escape)
    bar.show_count("")
    assert not bar.isVisible()


def test_a_link_that_elides_says_the_whole_in_its_tooltip(theme: Theme, qtbot: QtBot) -> None:
    link = LinkButton("Radius Lithography and Sons V.O.F.", elides=True)
    qtbot.addWidget(link)
    link.resize(link.sizeHint())
    link.show()
    assert link.toolTip() == ""
    link.resize(link.minimumSizeHint())
    assert link.width() < link.sizeHint().width()
    assert link.toolTip() == "Radius Lithography and Sons V.O.F."


def test_a_toast_of_long_work_keeps_its_width_while_its_numbers_change(theme: Theme, qtbot: QtBot) -> None:
    host = ToastHost(shown_area(qtbot))
    toast = host.show_progress("Importing")
    widths = set()
    for done in ("1 of 9", "1,140 of 1,842"):
        toast.set_progress(0.5, count=done, rate="310 a second")
        widths.add(toast.sizeHint().width())
    assert len(widths) == 1


def test_a_menu_knows_its_height_before_it_is_opened(theme: Theme, qtbot: QtBot) -> None:
    area = shown_area(qtbot)
    menu = Menu(area)
    for text in ("Open another workspace…", "New workspace…", "Lock", "Quit"):
        menu.add_item(text, icon="lock")
    before = menu.sizeHint()
    menu.open_at_point(area.mapToGlobal(QPoint(10, 10)))
    assert menu.size() == before
    menu.close()
