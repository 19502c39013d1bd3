"""Time windows: the interval of time at once, or one part of it after the other."""
