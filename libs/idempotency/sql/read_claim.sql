-- What was remembered of a request that was claimed before.
-- $1 request id, $2 caller, $3 method
SELECT digest, answer FROM request_claims WHERE request_id = $1 AND caller = $2 AND method = $3
