"""Definitions to and from 定义.xlsx, what changed between two of them, whether one is sound."""
