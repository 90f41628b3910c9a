"""Opens narrative reports (附件2: .docx, .txt, text PDF) and understands the figures their sentences state."""
