"""Every write to people and communities."""
