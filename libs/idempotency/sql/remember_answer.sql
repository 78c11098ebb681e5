-- Stores the answer beside the claim, in the transaction of the effect.
-- $1 request id, $2 caller, $3 method, $4 answer
UPDATE request_claims SET answer = $4 WHERE request_id = $1 AND caller = $2 AND method = $3
