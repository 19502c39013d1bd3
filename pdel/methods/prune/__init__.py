"""Methods that prune a network of what it learned from corrupted observations."""
