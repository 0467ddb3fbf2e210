"""Quick capture: one typed line read on this laptop into parts, and saved as records."""
