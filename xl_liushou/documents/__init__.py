"""Which paper needs what: School → merge context (plain values), and who may see it. Pure."""
