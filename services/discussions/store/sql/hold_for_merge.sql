-- Holds the topics of a merge until the end of the transaction, and with them those that have gone into
-- the one that goes: all in order of their ids, as everybody takes topics, so that no two transactions
-- wait for each other. Reads nothing: what the locks protect is read by the next statements.
-- $1 topic that goes, $2 where to
SELECT FROM topics
WHERE id = ANY (ARRAY[$1, $2]::uuid[]) OR merged_into_id = $1
ORDER BY id
FOR NO KEY UPDATE
