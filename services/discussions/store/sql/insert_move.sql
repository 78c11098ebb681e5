-- Stores that a topic left a community for a reason. Nothing of it is to come back: the row is none of
-- a removal that stands.
-- $1 removal, $2 community, $3 topic, $4 author, $5 remover, $6 time, $7 title, $8 reason
INSERT INTO removals (id, community_id, topic_id, author_id, remover_id, remove_time, title,
                      markdown, reason, restore_time, restorer_id, moved)
VALUES ($1, $2, $3, $4, $5, $6, $7, '', $8, $6, $5, true)
