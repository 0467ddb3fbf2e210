"""Every control in every state on one page; the tour takes its picture to compare with the design."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.theme.theme import Theme
from ui.widgets.banner import Banner, BannerKind
from ui.widgets.card import Card
from ui.widgets.empty_state import EmptyState
from ui.widgets.gallery_controls import (
    buttons_card,
    chips_card,
    choices_card,
    inputs_card,
    progress_card,
    tabs_card,
    text,
)
from ui.widgets.gallery_rows import table_card
from ui.widgets.gallery_stage import ShadowSlot
from ui.widgets.icon_button import IconButton
from ui.widgets.label import Label
from ui.widgets.menu import Menu
from ui.widgets.surface import Surface
from ui.widgets.tag import Tag
from ui.widgets.toast import Toast
from ui.widgets.tooltip import Tooltip

WIDE, MIDDLE, NARROW = 648, 376, 336


def build_gallery(theme: Theme) -> QWidget:
    """The page; made for 1440 x 900, larger windows leave room at the right and below."""
    page = Surface("surface")
    column = QVBoxLayout(page)
    metrics = theme.metrics
    column.setContentsMargins(metrics.page_margin, metrics.space_8, metrics.page_margin, metrics.space_8)
    column.setSpacing(metrics.space_6)
    column.addLayout(_head(theme))
    cards = QHBoxLayout()
    cards.setSpacing(metrics.gap)
    left = [buttons_card(theme), table_card(theme), _banners_card(theme), progress_card(theme)]
    middle = [inputs_card(theme), choices_card(theme), chips_card(theme), tabs_card(theme)]
    right = [_toasts_card(theme), _menu_card(theme), _empty_card()]
    for width, stack in ((WIDE, left), (MIDDLE, middle), (NARROW, right)):
        lane = QVBoxLayout()
        lane.setSpacing(metrics.space_12)
        for card in stack:
            card.setFixedWidth(round(width * theme.zoom))
            lane.addWidget(card, 1 if card is stack[-1] else 0)
        cards.addLayout(lane)
    cards.addStretch(1)
    column.addLayout(cards, 1)
    return page


def _head(theme: Theme) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(theme.metrics.space_12)
    row.addWidget(Label(text("Component states"), role="title"), 0, Qt.AlignmentFlag.AlignBottom)
    row.addWidget(
        Label(text("Every control in every state, from the same tokens"), colour="text_2"),
        0,
        Qt.AlignmentFlag.AlignVCenter,
    )
    row.addStretch(1)
    row.addWidget(Tag(text("Focus ring only after keyboard use")))
    return row


def _banners_card(theme: Theme) -> Card:
    card = Card(text("Banners"), metadata=text("One at a time, most urgent first"))
    for kind, clause, sentence, action in (
        (
            BannerKind.OFFLINE,
            "Offline for 1 h 38 min.",
            "7 changes are saved here and go out once.",
            "Show queue",
        ),
        (
            BannerKind.ATTENTION,
            "Slack access ends in 6 days.",
            "Wins are posted until then.",
            "Renew access",
        ),
        (
            BannerKind.MANAGED,
            "Managed by your organisation.",
            "Nordvik Trading sets 3 of these settings.",
            "Show policy",
        ),
    ):
        card.body.addWidget(Banner(kind, text(clause), text(sentence), action=text(action)))
    return card


def _toasts_card(theme: Theme) -> Card:
    card = Card(text("Toasts"))
    undo = Toast(text("12 leads in Trash"), icon="trash", action=text("Undo"), shortcut=text("Ctrl Z"))
    error = Toast(
        text("Mail not sent, Gmail refused it."),
        second_line=text("Kept in drafts."),
        icon="warning",
        action=text("Open"),
    )
    running = Toast(text("Importing contacts"), action=text("Cancel"), shortcut=text("Esc"), with_progress=True)
    running.set_progress(0.62, count=text("1,140 of 1,842"), rate=text("310 a second, 3 s left"))
    for toast in (undo, error, running):
        card.body.addWidget(ShadowSlot(card, toast, margin=theme.metrics.shadow_margin))
    return card


def _menu_card(theme: Theme) -> Card:
    card = Card(text("Menu and tooltip"))
    menu = Menu(card, name=text("Menu"))
    menu.add_item(text("Edit"), icon="edit", hint="E")
    write = menu.add_item(text("Write"), icon="write", hint="W")
    menu.add_submenu(text("Merge with"), icon="merge")
    menu.add_item(text("Call by SIP"), icon="call").setEnabled(False)
    menu.addSeparator()
    menu.add_item(text("Move to Trash"), icon="trash", hint=text("Del"), destructive=True)
    menu.preview(write)
    row = QHBoxLayout()
    row.addWidget(ShadowSlot(card, menu, margin=theme.metrics.shadow_margin, wide=False), 0, Qt.AlignmentFlag.AlignTop)
    row.addStretch(1)
    side = QVBoxLayout()
    side.setSpacing(theme.metrics.space_8)
    merge = IconButton("merge", text("Merge both"), framed=True)
    merge.setDown(True)
    tip = Tooltip()
    tip.set_tip(f"{text('Merge both')}\tM")
    tip.setWindowFlags(Qt.WindowType.Widget)
    side.addSpacing(theme.metrics.space_4)
    side.addWidget(merge, 0, Qt.AlignmentFlag.AlignHCenter)
    side.addWidget(tip, 0, Qt.AlignmentFlag.AlignHCenter)
    side.addStretch(1)
    row.addLayout(side)
    row.addStretch(1)
    card.body.addLayout(row)
    return card


def _empty_card() -> Card:
    card = Card(text("Empty state"))
    empty = EmptyState(
        text("No files yet"),
        text("Contracts and offers for this contact belong here. Drop one on this panel."),
        action=text("Add a file"),
        in_card=True,
    )
    card.body.addWidget(empty, 1)
    return card
