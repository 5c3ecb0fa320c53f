"""The `linli` command."""

import sys

from linli.site.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
