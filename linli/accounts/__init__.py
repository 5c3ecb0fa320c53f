"""Accounts (账号): sign-up, log-in, sessions, one's own data."""
