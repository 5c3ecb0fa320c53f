"""Django's SQLite backend with a fair gate before writing transactions."""
