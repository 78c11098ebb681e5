"""The local stack: a private PostgreSQL and Redis, and Guildhall's processes."""
