"""Talking to the bot from outside: scripted conversations, a client for the web channel, the terminal."""
