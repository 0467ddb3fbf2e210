"""The gallery's cards for buttons, inputs, choices, chips, tabs and progress."""

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from ui.theme.theme import Theme
from ui.theme.tokens import ColourRole, RiskLevel, Tone
from ui.widgets.button import Button, ButtonKind
from ui.widgets.card import Card
from ui.widgets.checkbox import Checkbox
from ui.widgets.chip import Chip
from ui.widgets.combo_field import ComboField
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.gallery_stage import FocusPreview
from ui.widgets.label import Label
from ui.widgets.line_field import LineField
from ui.widgets.progress_bar import ProgressBar
from ui.widgets.radio import Radio
from ui.widgets.risk_tag import RiskTag
from ui.widgets.segmented import Segmented
from ui.widgets.switch import Switch
from ui.widgets.tab_bar import TabBar
from ui.widgets.tag import Tag

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


def text(source: str) -> str:
    """A text of the gallery in the user's language."""
    return QCoreApplication.translate("Gallery", source)


def buttons_card(theme: Theme) -> Card:
    """Four kinds of buttons in six states."""
    card = Card(text("Buttons"), metadata=text("28 high shown, 32 in page heads"))
    grid = QGridLayout()
    grid.setHorizontalSpacing(theme.metrics.space_12)
    grid.setVerticalSpacing(theme.metrics.space_6)
    states = ("Default", "Hover", "Pressed", "Focus", "Disabled", "Busy")
    for column, state in enumerate(states):
        grid.addWidget(Label(text(state), role="caption", colour="text_2"), 0, column + 1, LEFT)
    rows = (
        ("Primary", ButtonKind.PRIMARY, "Save", "check"),
        ("Secondary", ButtonKind.DEFAULT, "Open", "open"),
        ("Quiet", ButtonKind.QUIET, "Filter", "filter"),
        ("Destructive", ButtonKind.DESTRUCTIVE, "Erase", "trash"),
    )
    for row, (name, kind, label, icon) in enumerate(rows, start=1):
        grid.addWidget(Label(text(name), role="caption-medium", colour="text_2"), row, 0, LEFT)
        for column, state in enumerate(states):
            button = Button(text(label), kind=kind, icon=icon, small=True)
            _put_in_state(button, state, card)
            grid.addWidget(button, row, column + 1, LEFT)
    grid.setColumnStretch(len(states) + 1, 1)
    card.body.addLayout(grid)
    return card


def _put_in_state(button: Button, state: str, card: Card) -> None:
    if state == "Hover":
        button.preview_hover()
    elif state == "Pressed":
        button.setDown(True)
    elif state == "Focus":
        FocusPreview(button, card)
    elif state == "Disabled":
        button.setEnabled(False)
    elif state == "Busy":
        button.set_busy(True, at_once=True)


def progress_card(theme: Theme) -> Card:
    """Four bars: known end, running, done, stopped."""
    card = Card(text("Progress"))
    row = QHBoxLayout()
    row.setSpacing(theme.metrics.space_20)
    bars: tuple[tuple[str, float, str, str, ColourRole, ColourRole], ...] = (
        ("Badge: Rescuer", 0.8, "4 of 5", "Known end", "field_line", "text_2"),
        ("Import", 0.62, "62%", "310 rows a second", "accent", "text_2"),
        ("Backup", 1.0, "Done", "212 MB in 4 s", "ok_fill", "text_2"),
        ("Restore test", 0.38, "Stopped", "Disk was removed", "bad_fill", "bad"),
    )
    for name, share, right, below, fill, colour in bars:
        bar = ProgressBar(text(name))
        bar.set_progress(share, right=text(right), below=text(below), fill=fill, right_colour=colour)
        row.addWidget(bar)
    card.body.addLayout(row)
    return card


def inputs_card(theme: Theme) -> Card:
    """Fields in every state, and combos closed, open and managed."""
    card = Card(text("Inputs and combo"))
    grid = QGridLayout()
    grid.setHorizontalSpacing(theme.metrics.space_12)
    grid.setVerticalSpacing(theme.metrics.chip_pad)
    normal = LineField(text("Default"), placeholder=text("Find a contact"), icon="search")
    focus = LineField(text("Focus"))
    focus.set_text("Anna Be")
    focus.preview_focus()
    error = LineField(text("Error"))
    error.set_text("31.02.2027")
    error.set_error(text("Pick a day from 1 to 28."))
    warning = LineField(text("Warning"))
    warning.set_text("Halle B4")
    warning.set_warning(text("New, check the spelling."))
    disabled = LineField(text("Disabled"), placeholder=text("Not while offline"))
    disabled.set_control_enabled(False)
    managed = ComboField(text("Managed"), [(text("10 minutes"), 10)])
    managed.set_managed(True)
    combo = ComboField(text("Combo"), [(text("Proposal"), 1), (text("Negotiation"), 2)])
    opened = ComboField(text("Combo, open"), [(text("Negotiation"), 2)])
    opened.preview_focus()
    for place, field in enumerate((normal, focus, error, warning, disabled, managed, combo, opened)):
        grid.addWidget(field, place // 2, place % 2, Qt.AlignmentFlag.AlignTop)
    FocusPreview(focus.framed, card)
    FocusPreview(opened.combo, card)
    card.body.addLayout(grid)
    return card


def choices_card(theme: Theme) -> Card:
    """Checkbox, radio and switch, off, on, mixed, focused, disabled."""
    card = Card(text("Choices"))
    grid = QGridLayout()
    grid.setVerticalSpacing(0)
    grid.setHorizontalSpacing(theme.metrics.space_16)
    states = ("Off", "On", "Mixed", "Focus", "Disabled")
    for column, state in enumerate(states):
        grid.addWidget(Label(text(state), role="caption", colour="text_2"), 0, column + 1, LEFT)
        grid.setColumnStretch(column + 1, 1)
    for row, name in enumerate(("Checkbox", "Radio", "Switch"), start=1):
        grid.addWidget(Label(text(name), role="caption-medium", colour="text_2"), row, 0, LEFT)
        for column, state in enumerate(states):
            grid.addWidget(_choice(name, state, card), row, column + 1, LEFT)
    card.body.addLayout(grid)
    return card


def _choice(name: str, state: str, card: Card) -> QWidget:
    if state == "Mixed" and name != "Checkbox":
        return Label("–", role="caption", colour="text_3")
    label = f"{text(name)}, {text(state)}"
    control: Checkbox | Radio | Switch
    if name == "Switch":
        control = Switch(label, on=state != "Off")
    elif name == "Radio":
        control = Radio("")
        control.setAccessibleName(label)
        control.setAutoExclusive(False)
        control.setChecked(state != "Off")
    else:
        control = Checkbox("")
        control.setAccessibleName(label)
        control.setChecked(state != "Off")
        if state == "Mixed":
            control.set_mixed()
    control.setEnabled(state != "Disabled")
    if state == "Focus":
        FocusPreview(control, card)
    return control


def chips_card(theme: Theme) -> Card:
    """Chips in their states, tags in their tones, risk in its levels."""
    card = Card(text("Chips, badges, risk marks"))
    grid = QGridLayout()
    grid.setVerticalSpacing(theme.metrics.space_8)
    grid.setHorizontalSpacing(theme.metrics.space_8)
    hovered = Chip(text("Hover"))
    hovered.preview_hover()
    chosen = Chip(text("Chosen"), choosable=True)
    chosen.setChecked(True)
    focused = Chip(text("Focus"))
    FocusPreview(focused, card)
    disabled = Chip(text("Disabled"))
    disabled.setEnabled(False)
    chips = [
        Chip(text("Mail")),
        hovered,
        chosen,
        focused,
        disabled,
        Chip(text("Owner is me"), removable=True),
    ]
    tags = [
        Tag(text("Note")),
        Tag(text("Update"), tone=Tone.ACCENT),
        Tag(text("Sound"), tone=Tone.OK, icon="check"),
        Tag(text("6 days"), tone=Tone.WARN),
        Tag(text("Failed"), tone=Tone.BAD),
    ]
    risks = [
        RiskTag(level, number=number)
        for level, number in (
            (RiskLevel.LOW, "9%"),
            (RiskLevel.MEDIUM, "38%"),
            (RiskLevel.HIGH, "62%"),
            (RiskLevel.CRITICAL, "78%"),
            (RiskLevel.UNKNOWN, ""),
        )
    ]
    rows: tuple[tuple[str, list[QWidget]], ...] = (
        ("Chip", list(chips)),
        ("Badge", list(tags)),
        ("Risk", list(risks)),
    )
    for row, (name, widgets) in enumerate(rows):
        label = Label(text(name), role="caption-medium", colour="text_2")
        label.setFixedHeight(theme.metrics.chip if row == 0 else theme.metrics.tag)
        grid.addWidget(label, row, 0, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        place = QWidget()
        flow = FlowLayout(place, gap=theme.metrics.space_6, line_gap=theme.metrics.space_8)
        for widget in widgets:
            flow.addWidget(widget)
        grid.addWidget(place, row, 1)
    grid.setColumnStretch(1, 1)
    card.body.addLayout(grid)
    return card


def tabs_card(theme: Theme) -> Card:
    """Tabs and a segmented control."""
    card = Card(text("Tabs and segmented"), flush=True)
    tabs = TabBar(text("Tabs"), side_margin=theme.metrics.card_pad)
    tabs.add_tab(text("Timeline"), count="48")
    tabs.add_tab(text("Hover"))
    tabs.add_tab(text("Focus"))
    tabs.add_tab(text("Disabled"), enabled=False)
    tabs.preview_hover(1)
    FocusPreview(tabs, card)
    segmented = Segmented(
        [text("Board"), text("List"), text("Forecast")],
        name=text("View"),
        icons=["board", "list", "forecast"],
        small=True,
    )
    segmented.set_part_enabled(2, False)
    card.body.addWidget(tabs)
    row = QVBoxLayout()
    pad = theme.metrics.card_pad
    row.setContentsMargins(pad, theme.metrics.space_12, pad, pad)
    row.addWidget(segmented, 0, Qt.AlignmentFlag.AlignLeft)
    card.body.addLayout(row)
    return card
