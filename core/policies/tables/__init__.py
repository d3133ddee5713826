"""Published tables that rating policies are made with: weights and special cases, and standard values."""
