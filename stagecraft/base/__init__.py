"""What every layer may use and what knows no theatre: errors, clock, paths, resources, settings, log."""
