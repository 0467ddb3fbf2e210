"""What the pages of contacts and companies share: list, filter bar, bulk changes, detail panel and editor."""
