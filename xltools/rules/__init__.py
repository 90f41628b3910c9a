"""What is checked: one registry of rules, each a file with its card."""
