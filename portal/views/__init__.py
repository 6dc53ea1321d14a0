"""The portal's own pages: home, messages, privacy, profile, health, errors."""
