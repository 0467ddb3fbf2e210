"""The card of the first start: create a workspace, open a demo, open an existing one."""
