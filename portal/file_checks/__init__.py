"""Looking at received files: by their first bytes, for viruses, and whole in a child process with limits."""
