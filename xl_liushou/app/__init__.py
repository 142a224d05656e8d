"""The only place that composes: open, parse, plan, apply."""
