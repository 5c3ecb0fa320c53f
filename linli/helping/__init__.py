"""Helper mode (代办): a neighbour or relative acts for a member, for chosen topics, until a date, under both names."""
