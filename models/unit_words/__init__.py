"""Which characters follow one another in the names of units: pairs, card, and how they were counted."""
