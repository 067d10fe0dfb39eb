"""The rules of the trade on plain values: times, kinds, contract dates, conflicts, sheets. No database, no Qt."""
