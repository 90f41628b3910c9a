"""Arithmetic that needs no form: does a text's own figure follow from the others it names? One kind of claim a file."""
