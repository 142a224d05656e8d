"""Rosters in and out: headers found, columns matched by meaning, children recognised. Pure."""
