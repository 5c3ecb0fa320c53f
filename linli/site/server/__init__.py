"""The outer server: plain ASGI around Django's pages, and the process tree it runs in (docs/decisions)."""
