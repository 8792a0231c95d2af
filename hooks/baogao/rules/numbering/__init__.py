"""Rules about ordinals and enumerations."""
