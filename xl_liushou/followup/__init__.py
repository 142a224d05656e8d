"""Calendar arithmetic and what is due: one definition, used everywhere. Pure."""
