"""Narrative reports as .docx."""
