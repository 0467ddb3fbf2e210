"""The running look of the application: the palette, sizes and fonts that hold, one signal on change."""

from typing import Final

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication

from ui.theme.avatars import Avatars
from ui.theme.fonts import Fonts
from ui.theme.icons import Icons
from ui.theme.lettering import Lettering
from ui.theme.motion import Motion
from ui.theme.palettes import DARK, LIGHT
from ui.theme.shadow import Shadow
from ui.theme.stylesheet import stylesheet
from ui.theme.tips import TipPresenter
from ui.theme.tokens import (
    MAXIMUM_ZOOM,
    MINIMUM_ZOOM,
    ColourRole,
    Density,
    Metrics,
    Palette,
    TextRole,
    ThemeMode,
    Tone,
    ToneColours,
)

THEME_PROPERTY: Final = "mycrm_theme"


class Theme(QObject):
    """Palette, metrics, fonts, icons, shadow and motion of one application, following the system if asked."""

    #: Colours, sizes, fonts or motion are different from now on; painted widgets repaint.
    theme_changed = Signal()

    def __init__(
        self,
        application: QApplication,
        *,
        mode: ThemeMode = ThemeMode.SYSTEM,
        density: Density = Density.COMFORTABLE,
        zoom: float = 1.0,
        reduced_motion: bool = False,
    ) -> None:
        super().__init__(application)
        self._application = application
        self._mode = mode
        self._density = density
        self._zoom = _bounded(zoom)
        self._palettes: dict[bool, Palette[QColor]] = {False: LIGHT.mapped(QColor), True: DARK.mapped(QColor)}
        self._tones = {dark: {tone: palette.tone(tone) for tone in Tone} for dark, palette in self._palettes.items()}
        self._dark = False
        self.motion = Motion(reduced=reduced_motion)
        self.metrics = Metrics().scaled(self._zoom)
        self.fonts = Fonts(zoom=self._zoom)
        self.icons = Icons(lambda: self.palette)
        self.shadow = Shadow()
        self.tips: TipPresenter | None = None
        self.lettering = Lettering()
        self.avatars = Avatars(lambda: self.palette, self.fonts.glyph_font)

    @property
    def palette(self) -> Palette[QColor]:
        """The colours that hold now."""
        return self._palettes[self._dark]

    @property
    def is_dark(self) -> bool:
        """Whether the dark palette holds now."""
        return self._dark

    @property
    def mode(self) -> ThemeMode:
        """Where light or dark comes from."""
        return self._mode

    @property
    def density(self) -> Density:
        """How high rows are."""
        return self._density

    @property
    def zoom(self) -> float:
        """The factor on every size, 1.0 for 100 %."""
        return self._zoom

    @property
    def row_height(self) -> int:
        """Height of a table or list row at this density."""
        return self.metrics.row if self._density is Density.COMFORTABLE else self.metrics.row_compact

    def colour(self, role: ColourRole) -> QColor:
        """The colour of a role now."""
        return self.palette.colour(role)

    def tone(self, tone: Tone) -> ToneColours[QColor]:
        """Text, fill and soft background of a tone now."""
        return self._tones[self._dark][tone]

    def font(self, role: TextRole = "body", *, tabular: bool = False) -> QFont:
        """The font of a role now."""
        return self.fonts.font(role, tabular=tabular)

    def install(self) -> None:
        """Dress the application, follow the system, and be the theme `theme_of` finds."""
        self._application.setProperty(THEME_PROPERTY, self)
        self._application.styleHints().colorSchemeChanged.connect(self._on_color_scheme_changed)
        self._application.setStyle("Fusion")
        self._tell_system()
        self._dress()

    def set_mode(self, mode: ThemeMode) -> None:
        """Follow the system, or stay light or dark."""
        if mode is self._mode:
            return
        self._mode = mode
        self._tell_system()
        self._dress()

    def set_density(self, density: Density) -> None:
        """Choose the height of rows."""
        if density is not self._density:
            self._density = density
            self.theme_changed.emit()

    def set_zoom(self, zoom: float) -> None:
        """Scale every size; bounded to 0.8 and 2.0."""
        bounded = _bounded(zoom)
        if bounded == self._zoom:
            return
        self._zoom = bounded
        self.metrics = Metrics().scaled(bounded)
        self.fonts = Fonts(zoom=bounded)
        self.lettering.forget()
        self._dress()

    def set_reduced_motion(self, reduced: bool) -> None:
        """Paint every end state at once, or let things glide."""
        if reduced != self.motion.reduced:
            self.motion = Motion(reduced=reduced)
            self.theme_changed.emit()

    def _tell_system(self) -> None:
        """Window frames and native dialogs take the same side."""
        hints = self._application.styleHints()
        if self._mode is ThemeMode.SYSTEM:
            hints.unsetColorScheme()
        else:
            dark = self._mode is ThemeMode.DARK
            hints.setColorScheme(Qt.ColorScheme.Dark if dark else Qt.ColorScheme.Light)

    def _dress(self) -> None:
        system_dark = self._application.styleHints().colorScheme() == Qt.ColorScheme.Dark
        self._dark = system_dark if self._mode is ThemeMode.SYSTEM else self._mode is ThemeMode.DARK
        self._application.setFont(self.font("body"))
        self._application.setPalette(qt_palette(self.palette))
        self._application.setStyleSheet(stylesheet(self.palette, metrics=self.metrics, fonts=self.fonts))
        self.theme_changed.emit()

    def _on_color_scheme_changed(self, _scheme: Qt.ColorScheme) -> None:
        if self._mode is ThemeMode.SYSTEM:
            self._dress()


def theme_of(application: QApplication | None = None) -> Theme:
    """The theme installed on the application; LookupError before `Theme.install`."""
    host = application or QApplication.instance()
    theme = host.property(THEME_PROPERTY) if host is not None else None
    if not isinstance(theme, Theme):
        raise LookupError("No theme is installed on the application.")
    return theme


def qt_palette(palette: Palette[QColor]) -> QPalette:
    """The palette for whatever Qt paints itself: selections, native dialogs, text cursors."""
    roles = {
        QPalette.ColorRole.Window: palette.surface,
        QPalette.ColorRole.WindowText: palette.text,
        QPalette.ColorRole.Base: palette.raised,
        QPalette.ColorRole.AlternateBase: palette.sunken,
        QPalette.ColorRole.Text: palette.text,
        QPalette.ColorRole.Button: palette.raised,
        QPalette.ColorRole.ButtonText: palette.text,
        QPalette.ColorRole.BrightText: palette.on_accent,
        QPalette.ColorRole.ToolTipBase: palette.toast,
        QPalette.ColorRole.ToolTipText: palette.toast_text,
        QPalette.ColorRole.PlaceholderText: palette.text_3,
        QPalette.ColorRole.Link: palette.accent_text,
        QPalette.ColorRole.LinkVisited: palette.accent_text,
        QPalette.ColorRole.Highlight: palette.accent_soft_2,
        QPalette.ColorRole.HighlightedText: palette.text,
        QPalette.ColorRole.Accent: palette.accent,
        QPalette.ColorRole.Light: palette.raised,
        QPalette.ColorRole.Midlight: palette.hover,
        QPalette.ColorRole.Mid: palette.line_strong,
        QPalette.ColorRole.Dark: palette.field_line,
        QPalette.ColorRole.Shadow: palette.shadow,
    }
    result = QPalette()
    for role, colour in roles.items():
        result.setColor(role, colour)
    for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
        result.setColor(QPalette.ColorGroup.Disabled, role, palette.text_3)
    return result


def _bounded(zoom: float) -> float:
    return min(MAXIMUM_ZOOM, max(MINIMUM_ZOOM, zoom))
