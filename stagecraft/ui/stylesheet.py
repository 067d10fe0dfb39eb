"""The look of plain Qt widgets as one style sheet; fonts are set in code, because a sheet drops features.

Widgets choose their dress with dynamic properties: `variant` on buttons, `tone` on labels, `ground` on frames.
"""

from __future__ import annotations

from string import Template

_SHEET = Template("""
QToolTip { background: $tip; color: $onTip; border: 1px solid $tip; padding: 3px 7px; border-radius: 4px; }
QMainWindow, QDialog { background: $page; }
QLabel { background: transparent; }
QLabel[tone="text2"] { color: $text2; }
QLabel[tone="text3"] { color: $text3; }
QLabel[tone="red"] { color: $red; }
QLabel[tone="amber"] { color: $amber; }
QLabel[tone="ok"] { color: $ok; }
QLabel[tone="accentText"] { color: $accentText; }
QLabel[tone="onTip"] { color: $onTip; }

QFrame[ground="chrome"] { background: $chrome; }
QFrame[ground="page"] { background: $page; }
QFrame[ground="base"] { background: $base; }
QFrame[ground="sunk"] { background: $sunk; }
QFrame[ground="top"] { background: $chrome; border-bottom: 1px solid $line; }
QFrame[ground="status"] { background: $chrome; border-top: 1px solid $line; }
QFrame[ground="rail"] { background: $chrome; border-right: 1px solid $line; }
QFrame[ground="inspector"] { background: $chrome; border-left: 1px solid $line; }
QFrame[ground="header"] { background: $page; border-bottom: 1px solid $line; }
QFrame[ground="sidehead"] { background: $chrome; border-bottom: 1px solid $line; }
QFrame[ground="list"] { background: $base; border-right: 1px solid $line; }
QFrame[ground="card"] { background: $base; border: 1px solid $line; border-radius: 6px; }
QFrame[ground="cardhead"] { background: transparent; border-bottom: 1px solid $line; }
QFrame[ground="grouphead"] { background: $sunk; border-bottom: 1px solid $line; }
QFrame[ground="red"] { background: $redTint; border: 1px solid $redLine; border-radius: 6px; }
QFrame[ground="amber"] { background: $amberTint; border: 1px solid $amberLine; border-radius: 6px; }
QFrame[ground="tip"] { background: $tip; border-radius: 6px; }
QFrame[ground="popup"] { background: $base; border: 1px solid $line2; border-radius: 6px; }
QFrame[ground="rule"] { background: $line; }

QPushButton { background: $base; color: $text; border: 1px solid $line2; border-radius: 4px; padding: 0 11px;
  min-height: 26px; }
QPushButton:hover { background: $hover; }
QPushButton:pressed, QPushButton:checked { background: $sel; border-color: $selLine; }
QPushButton:focus { border: 2px solid $focus; padding: 0 10px; min-height: 24px; }
QPushButton:disabled { background: $sunk; color: $faded; border-color: $line; }
QPushButton[drop="true"] { padding: 0 28px 0 11px; text-align: left; }
QPushButton[drop="true"]:focus { padding: 0 27px 0 10px; }
QPushButton[variant="primary"] { background: $primary; color: $onPrimary; border: 1px solid $primaryLine; }
QPushButton[variant="primary"]:hover { background: $primaryHover; }
QPushButton[variant="primary"]:focus { border: 1px solid $primaryLine; padding: 0 11px; min-height: 26px; }
QPushButton[variant="primary"]:disabled { background: $sunk; color: $faded; border: 1px solid $line; }
QPushButton[variant="quiet"] { background: transparent; border: 1px solid transparent; }
QPushButton[variant="quiet"]:hover { background: $hover; }
QPushButton[variant="quiet"]:focus { border: 2px solid $focus; }
QPushButton[variant="danger"] { color: $red; }
QPushButton[variant="link"] { background: transparent; border: 1px solid transparent; color: $accentText;
  padding: 0 3px; text-align: left; }
QPushButton[variant="link"]:hover { text-decoration: underline; }
QPushButton[variant="link"]:focus { border: 2px solid $focus; padding: 0 2px; border-radius: 3px; }
QPushButton[variant="status"] { background: transparent; border: 1px solid transparent; color: $text2; padding: 0 5px;
  min-height: 20px; }
QPushButton[variant="status"]:hover { background: $hover; color: $text; }
QPushButton[variant="status"]:focus { border: 2px solid $focus; padding: 0 4px; min-height: 18px; }
QPushButton[variant="onTip"] { background: transparent; color: $onTip; border: 1px solid $onTip; min-height: 22px; }
QPushButton[variant="onTip"]:focus { border: 2px solid $onTip; min-height: 20px; }
QPushButton[small="true"] { min-height: 22px; padding: 0 8px; }
QPushButton[small="true"]:focus { min-height: 20px; padding: 0 7px; }
QPushButton[small="true"][variant="primary"]:focus { min-height: 22px; padding: 0 8px; }
QPushButton[small="true"][drop="true"] { padding: 0 28px 0 8px; }
QPushButton[small="true"][drop="true"]:focus { padding: 0 27px 0 7px; }
QPushButton::menu-indicator { width: 0; image: none; }

QToolButton { background: transparent; border: 1px solid transparent; border-radius: 4px; color: $text; padding: 2px; }
QToolButton:hover { background: $hover; }
QToolButton:pressed, QToolButton:checked { background: $sel; }
QToolButton:focus { border: 2px solid $focus; padding: 1px; }
QToolButton[variant="onTip"]:hover { background: transparent; border-color: $onTip; }
QToolButton::menu-indicator { width: 0; image: none; }

QLineEdit, QPlainTextEdit, QTextEdit, QAbstractSpinBox { background: $base; color: $text; border: 1px solid $line2;
  border-radius: 4px; padding: 0 7px; selection-background-color: $accent; selection-color: $onAccent; }
QLineEdit, QAbstractSpinBox { min-height: 26px; }
QPlainTextEdit, QTextEdit { padding: 3px 4px; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QAbstractSpinBox:focus { border: 2px solid $focus;
  padding: 0 6px; min-height: 24px; }
QPlainTextEdit:focus, QTextEdit:focus { padding: 2px 3px; }
QLineEdit:disabled, QLineEdit:read-only { background: $sunk; color: $text2; }
QLineEdit[refused="true"], QPlainTextEdit[refused="true"] { border: 1px solid $redMark; }
QLineEdit[refused="true"]:focus, QPlainTextEdit[refused="true"]:focus { border: 2px solid $redMark; }
QLineEdit[cell="true"] { background: transparent; border: 1px solid transparent; }
QLineEdit[cell="true"]:hover { border: 1px solid $line2; }
QLineEdit[cell="true"]:focus { background: $base; border: 2px solid $focus; }
QLineEdit[cell="true"][refused="true"] { border: 1px solid $redMark; }
QPlainTextEdit[cell="true"] { background: transparent; border: 1px solid transparent; }
QPlainTextEdit[cell="true"]:hover { border: 1px solid $line2; }
QPlainTextEdit[cell="true"]:focus { background: $base; border: 2px solid $focus; }
QTextEdit[bare="true"] { border: none; padding: 0; }
QLineEdit[bare="true"] { border: none; background: transparent; padding: 0; }

QAbstractItemView { background: $base; color: $text; border: none; outline: 0;
  selection-background-color: $sel; selection-color: $text; }
QHeaderView { background: $alt; border: none; }
QHeaderView::section { background: $alt; color: $text2; border: none; border-bottom: 1px solid $line; padding: 0 12px;
  height: 23px; }
QTableCornerButton::section { background: $alt; border: none; }
QComboBox QAbstractItemView { border: 1px solid $line2; padding: 3px; }

QMenu { background: $base; color: $text; border: 1px solid $line2; border-radius: 6px; padding: 4px 0; }
QMenu::item { padding: 5px 28px 5px 12px; min-height: 18px; }
QMenu::icon { padding-left: 12px; }
QMenu::item:selected { background: $accent; color: $onAccent; }
QMenu::item:disabled { color: $faded; }
QMenu::separator { height: 1px; background: $line; margin: 4px 0; }
QMenuBar { background: $chrome; color: $text; border-bottom: 1px solid $line; }
QMenuBar::item { padding: 4px 10px; border-radius: 4px; background: transparent; }
QMenuBar::item:selected { background: $sel; }

QScrollArea, QScrollArea > QWidget > QWidget[ground="none"] { background: transparent; border: none; }
QScrollBar:vertical { background: transparent; width: 10px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 0; }
QScrollBar::handle { background: $line2; border-radius: 3px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 28px; }
QScrollBar::handle:horizontal { min-width: 28px; }
QScrollBar::handle:hover { background: $text3; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QSplitter::handle { background: $line; }
QSplitter::handle:horizontal { width: 1px; }
QSplitter::handle:vertical { height: 1px; }
QProgressBar { background: $line; border: none; border-radius: 2px; max-height: 4px; min-height: 4px; }
QProgressBar::chunk { background: $accent; border-radius: 2px; }
QCalendarWidget QWidget { background: $base; alternate-background-color: $alt; }
QCalendarWidget QToolButton { color: $text; padding: 4px 8px; }
QCalendarWidget QAbstractItemView:enabled { color: $text; selection-background-color: $accent;
  selection-color: $onAccent; }
QCalendarWidget QAbstractItemView:disabled { color: $text3; }
""")


def stylesheet(tokens: dict[str, str], *, booth: bool) -> str:
    """The sheet for one theme. In booth nothing is a lit area: focus and primary outline take the brighter red."""
    return _SHEET.substitute(
        tokens,
        focus=tokens["accentText"] if booth else tokens["accent"],
        primaryLine=tokens["accentText"] if booth else tokens["accent"],
        primary=tokens["base"] if booth else tokens["accent"],
        onPrimary=tokens["accentText"] if booth else tokens["onAccent"],
        primaryHover=tokens["hover"] if booth else tokens["accentHover"],
        faded=tokens["line2"] if booth else tokens["text3"],
    )
