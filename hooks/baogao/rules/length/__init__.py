"""Rules for the length of a report and the shares of its sections."""
