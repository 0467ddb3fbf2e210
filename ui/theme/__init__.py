"""The look: tokens, palettes, fonts, icons and the running theme."""
