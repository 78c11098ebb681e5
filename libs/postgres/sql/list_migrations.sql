SELECT number, name, checksum FROM schema_migrations WHERE component = $1 ORDER BY number
