"""`python -m gisapp` is `gisapp`."""

from gisapp.cli import main

main()
