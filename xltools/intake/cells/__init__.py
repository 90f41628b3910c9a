"""What is written in one cell, understood."""
