"""The steward's desk (管家台): founding a community, what waits, members and roles, settings."""
