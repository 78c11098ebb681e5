-- Creates the topics that do not exist yet, without posts and so not visible, and says which. Marks
-- tell what they were imported from.
-- $1 ids, $2 communities, $3 authors, $4 titles, $5 creation times, $6 scores, $7 kinds, $8 1 where
-- pinned, $9 who closed them or null, $10 whom they praise, each the text of an array or empty,
-- $11 marks
INSERT INTO topics (id, community_id, author_id, title, last_post_number, last_author_id,
                    create_time, last_post_time, score, kind, pinned, closer_id, praised_ids,
                    imported_mark)
SELECT id, community_id, author_id, title, 0, author_id, create_time, create_time, score, kind,
       pinned = 1, closer_id, nullif(praised, '')::uuid[], mark
FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
  AS wanted(id, community_id, author_id, title, create_time, score, kind, pinned, closer_id,
            praised, mark)
ORDER BY id
ON CONFLICT (id) DO NOTHING
RETURNING id
