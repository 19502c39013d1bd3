"""The language server: what editors ask of a specification, one file for each kind of question.

Each of those files has pure functions from a document to the types of the protocol. `server.py` connects them with the
editor, `checking.py` has a process of its own do the mathematics.
"""
