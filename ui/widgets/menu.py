"""A menu on level 2: rows of 32 with icon, text and shortcut, the destructive one last and in bad."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QAction, QIcon, QPainter, QPaintEvent
from PySide6.QtWidgets import QMenu, QProxyStyle, QStyle, QStyleOption, QWidget

from ui.theme.shapes import LEFT, RIGHT, crisp, draw_text, fill_box, hairline, panel, square, text_width
from ui.theme.theme import theme_of
"""placeholder"""
