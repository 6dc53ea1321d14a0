"""`python -m benchmarks.load`: makes the data set where it is missing and prints what the benchmarks ask with."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
django.setup()

from benchmarks.dataset import main  # noqa: E402  after setup

main()
