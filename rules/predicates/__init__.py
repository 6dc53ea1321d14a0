"""The tests a node may be, each compiled to a function of a View."""
