"""Ways through the whole house, as people and clients go them."""
