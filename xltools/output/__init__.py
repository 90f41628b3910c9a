"""One pure function a format: findings in, text out."""
