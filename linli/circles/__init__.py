"""Circles (小组): some members of a community who write to each other apart: a choir, a committee, the early swimmers."""
