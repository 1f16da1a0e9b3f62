"""Value objects that every part of the core shares."""
