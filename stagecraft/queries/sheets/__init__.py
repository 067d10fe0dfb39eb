"""Builders: each document's sheet from the company file, with a fixed number of statements.

A builder of a sheet for the company asks for nothing that its page may not show: no reasons, no addresses, no
money. The sheet comes out as a draft without stamp; `queries.paper` knows what was issued, `paper.documents`
puts both together.
"""
