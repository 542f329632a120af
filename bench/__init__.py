"""The budgets of speed and memory, measured as ratios of two things in one run."""
