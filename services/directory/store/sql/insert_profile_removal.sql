-- $1 member, $2 time, $3 id, $4 fields, $5 reason, $6 remover
INSERT INTO profile_removals (member_id, create_time, id, fields, reason, remover_id)
VALUES ($1, $2, $3, $4, $5, $6)
