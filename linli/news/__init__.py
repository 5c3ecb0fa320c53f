"""News (新闻): what resident reporters (居民记者) write, editors look over, and everybody reads."""
