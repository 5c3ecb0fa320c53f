"""Accounts (账号): sign-up and log-in, ways in, devices, one's own data, erasure."""
