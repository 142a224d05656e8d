"""One module per button: Inputs → Plan. Pure."""
