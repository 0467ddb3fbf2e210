"""The picture book: every page and key state on a demo workspace, light and dark, at 100 % and 200 %."""
