"""The ``baogao`` command, one module for each verb."""
