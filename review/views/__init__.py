"""The pages of review: the office's, the expert's, and what the watch reads."""
