"""From wishes to words: merging and taking back, the echo, cards, references to results, choosing, taking along."""
