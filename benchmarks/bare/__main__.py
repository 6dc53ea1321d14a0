"""`python -m benchmarks.bare`: makes the yardstick's database and prints its session key."""

from benchmarks.bare.app import fill

print(fill())
