-- Leaves markers where posts stood in a held topic.
-- $1 topic, $2 time, $3 markers, $4 posts, $5 numbers, $6 authors, $7 times of the posts, $8 times
-- of their places (arrays of the same length)
INSERT INTO posts (topic_id, number, id, author_id, create_time, place_time, delete_time, version,
                   markdown, moved_post_id)
SELECT $1, number, id, author_id, create_time, place_time, $2, 0, '', post_id
FROM unnest($3, $4, $5, $6, $7, $8)
  AS marker(id, post_id, number, author_id, create_time, place_time)
