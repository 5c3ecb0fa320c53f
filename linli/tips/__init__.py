"""Tips (科普): a shelf of good advice for the seasons, of which one goes out every month by itself."""
