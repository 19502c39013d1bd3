"""One step of Adam in each framework, as it is documented to be used. Each module has `prepare`, and `VERSION`."""
