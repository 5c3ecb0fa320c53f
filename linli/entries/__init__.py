"""Entries (帖子): the spine. Whatever residents can see, discuss, like or find has one row here."""
