"""The components every page is built from; they know no theatre data and never read the company file."""
