-- Stores what was taken of a post that stands, or that one was to be removed which its author had
-- deleted, and why; nothing of what it said.
-- $1 removal, $2 community, $3 topic, $4 post, $5 author, $6 remover, $7 time, $8 reason, $9
-- whether the post has another text, $10 whether what it said is forgotten
INSERT INTO removals (id, community_id, topic_id, post_id, author_id, remover_id, remove_time,
                      title, markdown, reason, edited, forgotten)
SELECT $1, $2, id, $4, $5, $6, $7, title, '', $8, $9, $10 FROM topics WHERE id = $3
RETURNING title
