"""Helping (代办): a family member or neighbour acts for an elder, always under both names."""
