"""Custom actions: each reads the tracker, calls the core and hands on a reply. One file a user goal."""
