INSERT INTO schema_migrations (component, number, name, checksum) VALUES ($1, $2, $3, $4)
