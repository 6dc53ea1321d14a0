"""Eligibility rules: plain Python that knows neither the portal nor a database."""
