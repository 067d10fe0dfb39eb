"""Formats in and out. Files become plain lines with problems named by line; the database is nobody's business here."""
