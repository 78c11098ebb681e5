-- Claims a request; no row comes back when it was claimed before. Waits while another transaction
-- holds the claim and has not ended.
-- $1 request id, $2 caller, $3 method, $4 digest
INSERT INTO request_claims (request_id, caller, method, digest)
VALUES ($1, $2, $3, $4)
ON CONFLICT DO NOTHING
RETURNING true
