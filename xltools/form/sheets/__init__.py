"""What stands where on each sheet: the only place that counts rows and columns."""
