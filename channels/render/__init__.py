"""From the neutral reply to a platform's payloads: pure functions, no network, no Rasa."""
