"""The second page of the gallery: controls made of several parts, as pages use them."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QHBoxLayout, QLayout, QListView, QVBoxLayout, QWidget

from ui.delegates.list_delegate import ListDelegate
from ui.delegates.roles import CellRole
from ui.delegates.timeline_delegate import TimelineDelegate
from ui.theme.theme import Theme
from ui.theme.tokens import ColourRole, Sentiment, Tone
from ui.widgets.avatar import Avatar
from ui.widgets.bulk_bar import BulkBar
from ui.widgets.button import Button, ButtonKind
from ui.widgets.card import Card
from ui.widgets.combo_box import ComboBox
from ui.widgets.diff_text import DiffText
from ui.widgets.empty_state import EmptyState
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.form_row import FormRow
from ui.widgets.gallery_controls import text
from ui.widgets.label import Label
from ui.widgets.navigation_list import NavigationList
from ui.widgets.paragraph import Paragraph
from ui.widgets.placeholder_rows import PlaceholderRows
from ui.widgets.protection_choice import ProtectionChoice
from ui.widgets.recovery_code_view import RecoveryCodeView
from ui.widgets.ring import Ring
from ui.widgets.search_field import SearchField
from ui.widgets.settings_row import SettingsRow
from ui.widgets.start_choice import StartChoice
from ui.widgets.status_pill import StatusPill
from ui.widgets.step_indicator import StepIndicator
from ui.widgets.surface import Surface
from ui.widgets.switch import Switch
from ui.widgets.verdict_bar import VerdictBar, VerdictPart

ENTRIES: tuple[tuple[str, str, str, str, Sentiment | None], ...] = (
    (
        "Re: Pricing for 2027",
        "mail",
        "Wed 18 Nov",
        "“We need the revised numbers before our board meets.”",
        Sentiment.NEGATIVE,
    ),
    (
        "Call, 14 min",
        "call",
        "Thu 12 Nov",
        "Asked for a volume discount from 400 pallets. You promised pricing by the 19th.",
        Sentiment.NEUTRAL,
    ),
    ("Renewal 2027 moved to Proposal", "deals", "Tue 10 Nov", "", None),
    (
        "Quarterly review, 3 people",
        "meeting",
        "Wed 4 Nov",
        "New portal liked by the warehouse team.",
        Sentiment.POSITIVE,
    ),
    ("Contract 2026.pdf added", "file", "Thu 15 Oct", "", Sentiment.UNSURE),
)
CODE = "K7PM-4TWR-9CHE-V2NA-6LGY-JX3F-8DBU-Q2XD"


def build_composites(theme: Theme) -> QWidget:
    """The page; made for 1440 x 900."""
    page = Surface("surface")
    row = QHBoxLayout(page)
    row.setContentsMargins(0, 0, theme.metrics.page_margin, theme.metrics.space_12)
    row.setSpacing(theme.metrics.page_margin)
    row.addWidget(_rail(theme))
    row.addLayout(_lane(theme, _bars(theme), _start(theme), _protection(), _settings()), 4)
    row.addLayout(_lane(theme, _recovery(theme), _dry_run(theme), _numbers(theme), _loading()), 2)
    row.addLayout(_lane(theme, _timeline(theme), _queue(), _bulk(theme)), 3)
    return page


def _lane(theme: Theme, *parts: QWidget) -> QLayout:
    lane = QVBoxLayout()
    lane.setContentsMargins(0, theme.metrics.space_12, 0, 0)
    lane.setSpacing(theme.metrics.gap)
    for part in parts:
        lane.addWidget(part)
    lane.addStretch(1)
    return lane


def _rail(theme: Theme) -> QWidget:
    rail = Surface("canvas", lines=Qt.Edge.RightEdge)
    rail.setFixedWidth(theme.metrics.rail)
    pages = NavigationList(text("Pages"))
    pages.add_page("today", text("Today"), icon="today").set_count("7")
    pages.add_page("contacts", text("Contacts"), icon="contacts")
    pages.add_page("companies", text("Companies"), icon="companies")
    pages.add_page("leads", text("Leads"), icon="leads")
    pages.add_page("deals", text("Deals"), icon="deals")
    pages.add_page("tasks", text("Tasks & Calendar"), icon="tasks").set_count("5")
    pages.add_gap()
    pages.add_page("insights", text("Insights"), icon="insights").set_count("3")
    pages.add_page("integrations", text("Integrations"), icon="integrations")
    pages.add_stretch()
    pages.add_page("settings", text("Settings"), icon="settings")
    pages.set_current("contacts")
    column = QVBoxLayout(rail)
    column.setContentsMargins(0, theme.metrics.space_12, 0, theme.metrics.space_12)
    column.addWidget(pages)
    return rail


def _bars(theme: Theme) -> QWidget:
    bars = QWidget()
    column = QVBoxLayout(bars)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(theme.metrics.space_12)
    top = QHBoxLayout()
    top.setSpacing(theme.metrics.space_8)
    top.addWidget(SearchField(text("Search or run a command"), key_cap=text("Ctrl K")), 1)
    top.addWidget(Button(text("Capture"), icon="add", key_cap=text("Ctrl N")))
    column.addLayout(top)
    place = QWidget()
    pills = FlowLayout(place, gap=theme.metrics.space_8)
    synced, offline, level, running = StatusPill(), StatusPill(), StatusPill(), StatusPill()
    quiet: ColourRole = "text_2"
    synced.set_parts([(text("Synced 2 min ago"), "", quiet)], dot=Tone.OK)
    offline.set_parts([(text("Offline 1 h 38 min"), "offline", "warn"), (text("7 waiting"), "", "text")], strong=True)
    level.set_parts([(text("Level 7"), "", "text"), (text("18 days"), "flame", "gold")], ring=(0.68, "7"))
    running.set_parts([(text("312 of 1,842"), "", quiet)])
    running.set_busy(True)
    for pill in (synced, offline, level, running):
        pills.addWidget(pill)
    column.addWidget(place)
    steps = StepIndicator([text("File"), text("Map and check"), text("Import")])
    steps.set_current(1)
    column.addWidget(steps, 0, Qt.AlignmentFlag.AlignLeft)
    return bars


def _start(theme: Theme) -> QWidget:
    group = QWidget()
    row = QHBoxLayout(group)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(theme.metrics.space_12)
    create = StartChoice(text("Create my workspace"), text("Empty, ready in a second"), icon="add")
    create.setChecked(True)
    row.addWidget(create)
    row.addWidget(StartChoice(text("Open a demo"), text("312 invented customers"), icon="play"))
    return group


def _protection() -> QWidget:
    choice = ProtectionChoice(text("How it is protected"))
    choice.add_choice(
        "keyring",
        text("System keyring"),
        text("Opens by itself when you sign in to this laptop. Nothing to remember."),
        tag=text("Recommended"),
    )
    choice.add_choice(
        "passphrase", text("Passphrase"), text("You type it at every start. Safest if others use this laptop.")
    )
    choice.add_choice(
        "none",
        text("Not encrypted"),
        text("Whoever gets this disk or a backup reads every name, note and mail. You can encrypt later."),
        warning=True,
    )
    choice.set_chosen("keyring")
    return choice


def _settings() -> QWidget:
    card = Card(text("Encryption and keys"), flush=True)
    change = Button(text("Change"), small=True)
    unlocked = SettingsRow(
        text("Unlocked by"),
        text("This laptop's system keychain, or your recovery code."),
        icon="lock",
        control=change,
    )
    unlocked.set_value(text("Keychain"))
    idle = ComboBox(small=True)
    idle.addItem(text("10 minutes"))
    managed = SettingsRow(
        text("Lock when idle"),
        text("Your organisation allows 10 minutes at most."),
        icon="clock",
        control=idle,
    )
    managed.set_managed(True, source=text("Nordvik Trading"))
    hide = SettingsRow(
        text("Hide amounts in screen sharing"),
        text("Shows dots instead of numbers while a window is shared."),
        icon="eye",
        control=Switch(text("Hide amounts"), on=True),
    )
    for row in (unlocked, managed, hide):
        card.body.addWidget(row)
    return card


def _recovery(theme: Theme) -> QWidget:
    card = Card(text("Recovery code"))
    code = RecoveryCodeView()
    code.set_code(CODE)
    card.body.addWidget(code)
    card.body.addWidget(
        Paragraph(
            text(
                "Opens your data if this laptop's keyring is lost. <b>Print it</b> or save it "
                "somewhere else now. <a href='folder'>Change folder</a>"
            ),
            markup=True,
        )
    )
    buttons = QHBoxLayout()
    buttons.setSpacing(theme.metrics.space_8)
    buttons.addWidget(Button(text("Print"), icon="print", small=True))
    buttons.addWidget(Button(text("Save as file"), icon="download", small=True))
    buttons.addStretch(1)
    card.body.addLayout(buttons)
    card.body.addWidget(Button(text("Create workspace"), kind=ButtonKind.PRIMARY, key_cap=text("Enter")))
    card.body.addWidget(Label("lifecycle:customer owner:me", role="mono", colour="text_2"))
    return card


def _dry_run(theme: Theme) -> QWidget:
    card = Card(text("Dry run"), metadata=text("Nothing written yet"))
    parts = [
        VerdictPart(text("New"), 1506, "ok_fill"),
        VerdictPart(text("Update"), 287, "accent"),
        VerdictPart(text("Possible duplicates"), 31, "warn_fill"),
        VerdictPart(text("Skipped"), 12, series=5),
        VerdictPart(text("Cannot be read"), 6, "bad_fill"),
    ]
    card.body.addWidget(VerdictBar(parts))
    card.body.addWidget(DiffText("+49 40 5550 118", "+49 40 5550 1182"))
    card.body.addWidget(FormRow(text("Work e-mail"), value="anna.berg@almeda.example"))
    card.body.addWidget(FormRow(text("A label that is much longer than its room"), value="Almeda Logistics"))
    return card


def _numbers(theme: Theme) -> QWidget:
    card = Card(text("Rings and avatars"))
    row = QHBoxLayout()
    row.setSpacing(theme.metrics.space_16)
    for diameter, share, shown in ((72, 0.62, "62%"), (124, 0.78, "78%")):
        ring = Ring(text("Target"), diameter=diameter)
        ring.set_ring(share, text=shown, caption=text("of target") if diameter > 72 else "")
        row.addWidget(ring)
    avatars = QVBoxLayout()
    for size in (20, 24, 28, 40):
        avatars.addWidget(Avatar("Anna Berg", size, size=size))
    row.addLayout(avatars)
    squares = QVBoxLayout()
    for size in (20, 24, 28, 40):
        squares.addWidget(Avatar("Almeda Logistics", size + 1, size=size, rounded=True))
    row.addLayout(squares)
    row.addStretch(1)
    card.body.addLayout(row)
    return card


def _loading() -> QWidget:
    card = Card(text("Loading"), flush=True)
    rows = PlaceholderRows(columns=2)
    rows.setFixedHeight(120)
    card.body.addWidget(rows)
    return card


def _view(name: str, model: QStandardItemModel) -> QListView:
    view = QListView()
    view.setProperty("bare", True)
    view.setAccessibleName(name)
    view.setModel(model)
    model.setParent(view)
    view.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
    view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    view.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    return view


def _timeline(theme: Theme) -> QWidget:
    card = Card(text("Timeline"), metadata=text("48 entries"))
    model = QStandardItemModel()
    for number, (title, icon, date, body, mood) in enumerate(ENTRIES, start=1):
        item = QStandardItem(text(title))
        item.setData(icon, CellRole.ICON)
        item.setData(date, CellRole.END_TEXT)
        item.setData(text(body), CellRole.BODY)
        item.setData(None if mood is None else int(mood), CellRole.SENTIMENT)
        item.setData(number == len(ENTRIES), CellRole.IS_LAST)
        model.appendRow(item)
    view = _view(text("Timeline"), model)
    view.setItemDelegate(TimelineDelegate(view))
    view.setFixedHeight(256)
    card.body.addWidget(view)
    return card


def _queue() -> QWidget:
    card = Card(text("You are offline"), metadata=text("since 08:12"), flush=True)
    model = QStandardItemModel()
    for number, (title, second, icon) in enumerate(
        (
            ("Event deal.won", "Saved 08:55, signed, delivered once", "webhook"),
            ("Win posted to #sales-wins", "Saved 08:55, Dunmore Glass", "chat"),
            ("Ingrid Solheim", "Like Ingrid, other firm", ""),
        )
    ):
        item = QStandardItem(text(title))
        item.setData(text(second), CellRole.SECONDARY)
        item.setData(icon, CellRole.ICON)
        item.setData(None if icon else number, CellRole.AVATAR_ID)
        item.setData([(text("Contact"), Tone.NEUTRAL)] if not icon else [], CellRole.TAGS)
        item.setData("84%" if not icon else "", CellRole.END_TEXT)
        model.appendRow(item)
    view = _view(text("Queue"), model)
    view.setItemDelegate(ListDelegate(view))
    view.setUniformItemSizes(True)
    view.setCurrentIndex(model.index(1, 0))
    view.setFixedHeight(3 * 44)
    card.body.addWidget(view)
    return card


def _bulk(theme: Theme) -> QWidget:
    area = Surface("surface")
    column = QVBoxLayout(area)
    column.addWidget(
        EmptyState(
            text("No open leads"),
            text("People who asked but are not customers yet belong here."),
            action=text("Import a list"),
            icon="import",
            hint=text("or type one line with"),
            keys=(text("Ctrl N"),),
        )
    )
    column.addSpacing(theme.metrics.bulk_bar + theme.metrics.page_margin)
    bar = BulkBar(area)
    bar.add_action(text("Edit"), icon="edit")
    bar.add_action(text("Merge"), icon="merge")
    bar.show_count(text("3 selected"))
    return area
