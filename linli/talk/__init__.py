"""Talk (评论): comments and likes on every kind of entry, and the page of an entry."""
