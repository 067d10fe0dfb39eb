"""One page a file, named in `stagecraft.ui.page_table.PAGES` and imported when it is first shown."""
