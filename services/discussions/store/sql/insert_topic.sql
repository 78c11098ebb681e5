-- Opens a topic with its first post, which its author has read.
-- $1 topic, $2 community, $3 author, $4 title, $5 time, $6 score, $7 post, $8 markdown, $9 kind,
-- $10 whom it praises or null, $11 tags or null
WITH topic AS (
  INSERT INTO topics (id, community_id, author_id, title, last_post_number, last_author_id,
                      create_time, last_post_time, score, kind, praised_ids, tags)
  VALUES ($1, $2, $3, $4, 1, $3, $5, $5, $6, $9, $10, $11)
), post AS (
  INSERT INTO posts (topic_id, number, id, author_id, create_time, markdown)
  VALUES ($1, 1, $7, $3, $5, $8)
)
INSERT INTO read_states (member_id, topic_id, last_read_number)
VALUES ($3, $1, 1)
