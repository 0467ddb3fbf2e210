"""The cards of every later start: unlock a workspace, or what keeps it from opening."""
