"""The `linli` command: plain words in, plain words out, never a traceback."""
