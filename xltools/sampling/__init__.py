"""Invented fillings of any form: such that hold every rule, or break exactly the rules that are named."""
