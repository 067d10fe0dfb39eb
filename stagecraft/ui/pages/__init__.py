"""One page a file, named in `stagecraft.ui.window.PAGES` and imported when it is first shown."""
