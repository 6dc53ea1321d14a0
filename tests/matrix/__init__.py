"""The permission matrix: every route × persona × relation × method, as declared in the files beside this one."""
