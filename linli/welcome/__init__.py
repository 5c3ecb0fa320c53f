"""Welcome (欢迎): what a community gives and asks, a newcomer's first steps, and a greeting."""
