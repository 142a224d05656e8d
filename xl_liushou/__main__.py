"""`python -m xl_liushou`."""

from xl_liushou.cli import main

main()
