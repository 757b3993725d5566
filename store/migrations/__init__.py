"""How the tables came to be: ``store.migrating.migrate`` runs them."""
