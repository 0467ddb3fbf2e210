"""What the user is told outside the window, by the means of the desktop, and what comes back of it."""
