"""What guides a search: wishes, choosing an approach, the contact plan."""
