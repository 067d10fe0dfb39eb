"""Paper: sheets set in type. The only importer of ReportLab; documents draw with a `Pen`, never with markup."""
