"""The family `ramp`."""
