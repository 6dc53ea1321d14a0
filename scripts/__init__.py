"""Scripts of the makefile that tests import too."""
