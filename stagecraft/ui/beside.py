"""What opens beside the pages: production form and details, import, export, settings, help, keys, about."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from stagecraft.base.settings import Settings
    from stagecraft.ui.first_run import NewFile
    from stagecraft.ui.window import Window


class Beside(QObject):
    """Opens them for whatever window is there; each is imported when it is first wanted."""

    settings_changed = Signal()
    left = Signal()
    """A form was left without doing anything."""

    def __init__(self, window: Callable[[], Window], settings: Settings) -> None:
        super().__init__()
        self._window, self._settings = window, settings

    # --- productions ---------------------------------------------------------------------------------------

    def add_production(self) -> None:
        """Ask for a show's name and add it to the open file."""
        from stagecraft.domain.kinds import PRODUCTION_KINDS
        from stagecraft.ui.first_run import NewFile

        window = self._window()
        if window.desk is None:
            return
        form = NewFile(PRODUCTION_KINDS, then="Add the production")
        form.company.hide()
        form.cancelled.connect(self.left)
        form.made.connect(lambda given: self._add(form, given))
        if not window.desk.all_productions():
            window.desk.productions_changed.connect(lambda: self._overtaken(form))
        window.take_over(form)
        form.name.editor.setFocus()

    def _overtaken(self, form: NewFile) -> None:
        """The first production has come some other way, by redo: it is shown instead of the form."""
        if self._window().stack.currentWidget() is form:
            self.left.emit()

    def _add(self, form: NewFile, given: dict[str, Any]) -> None:
        from stagecraft.services.company import AddProduction

        window = self._window()
        if window.desk is None:
            return
        command = AddProduction(name=given["name"], code=given["code"], kind=given["kind"])
        if changes := window.desk.do(command, fields={"name": form.name, "code": form.code}):
            window.show_page(window.current or next(iter(window.pages)))
            self.production_details(changes.value)

    def production_details(self, production: int | None = None) -> None:
        """Show a production's name, dates, venue and rooms in the inspector: the one looked at unless named."""
        from stagecraft.ui.production_panel import ProductionPanel

        window = self._window()
        if window.desk is not None and (wanted := production or window.desk.production) is not None:
            window.lend_inspector(ProductionPanel(window.desk, wanted))

    # --- windows -------------------------------------------------------------------------------------------

    def import_rows(self) -> None:
        """Read a CSV file, say what it would do, and do it as one step."""
        from stagecraft.ui.import_dialog import ImportDialog

        window = self._window()
        if window.desk is not None:
            ImportDialog(window.desk, self._settings, window).open()

    def export_rows(self) -> None:
        """Write people, breakdown, availability or schedule as a CSV file."""
        from stagecraft.ui.export_dialog import ExportDialog

        window = self._window()
        if window.desk is not None:
            ExportDialog(window.desk, self._settings, window).open()

    def show_settings(self) -> None:
        """Personal settings and, with a file open, its house style."""
        from stagecraft.ui.settings_dialog import SettingsDialog

        dialog = SettingsDialog(self._settings, self._window().desk, self._window())
        dialog.changed.connect(self.settings_changed)
        dialog.show()

    def show_help(self) -> None:
        from stagecraft.ui.help_dialog import HelpDialog

        HelpDialog(self._window()).show()

    def show_keys(self) -> None:
        from stagecraft.ui.help_dialog import KeysDialog

        KeysDialog(self._window().menus.all(), self._window()).show()

    def show_about(self) -> None:
        from stagecraft.ui.help_dialog import AboutDialog

        AboutDialog(self._window()).show()
