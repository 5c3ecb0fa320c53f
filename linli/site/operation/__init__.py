"""What an operator does with a server: check it, back it up, restore it (运维)."""
