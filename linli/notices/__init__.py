"""Notices (公告): what the committee or the office must tell every home, and who has read it."""
