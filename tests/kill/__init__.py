"""kill -9 of the whole tree while neighbours post: nothing acknowledged is lost, nothing doubled, no fact forgotten."""
