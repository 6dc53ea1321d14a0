"""What stands in each printed paper: plain JSON values, taken once when the paper is ordered."""
