"""The inputs of the demonstration. Every person, unit, number and paper in them is made up."""
