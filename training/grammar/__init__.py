"""A small grammar of diplomatic and military news: sentences with their trees, features and entities."""
