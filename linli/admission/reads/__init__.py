"""What the pages of admission show; every answer costs a fixed number of queries."""
