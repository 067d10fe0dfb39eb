"""The desktop application: the window, its pages and widgets. The only package that imports PySide6."""
