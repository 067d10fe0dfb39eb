"""The only place that writes: schema, unit of work, journal, backup, migrations."""
