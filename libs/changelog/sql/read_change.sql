-- One change of a key, settled or not.
-- $1 xid, $2 key, $3 its number
SELECT xid, n, create_time, key, key_seq, after_xid, kind, resource, version, origin
FROM change_log
WHERE xid = $1::text::xid8 AND key = $2 AND key_seq = $3
