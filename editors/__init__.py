"""Support of editors: what is written from the vocabulary, and what is written by hand."""
