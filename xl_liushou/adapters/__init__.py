"""Everything that touches the world: files, live Excel, Word, mail, the ledger."""
