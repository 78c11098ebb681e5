-- Opens a topic into which posts are to be carried: until they are, it has none.
-- $1 topic, $2 community, $3 author, $4 title, $5 time
INSERT INTO topics (id, community_id, author_id, last_author_id, title, last_post_number,
                    create_time, last_post_time, score)
VALUES ($1, $2, $3, $3, $4, 0, $5, $5, 0)
