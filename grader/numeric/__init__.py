"""Small pure mathematics: when two arrays are close, and what central differences say."""
