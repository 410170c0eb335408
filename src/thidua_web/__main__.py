"""`python -m thidua_web` is the command `thidua`."""

from thidua_web.cli import main

main()
