"""Keys and everything sealed with them: who may open a workspace, and what is unreadable without it."""
