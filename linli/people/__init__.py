"""People (人): accounts, communities, members with their roles, and the doors to every page."""
