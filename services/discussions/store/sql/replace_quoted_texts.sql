-- What quotes posts of locked topics that got another text knows where they were replaced first.
-- $1 posts
UPDATE quotes
SET replace_community_id = (SELECT topic.community_id FROM posts source
                            JOIN topics topic ON topic.id = source.topic_id
                            WHERE source.id = quotes.source_id)
WHERE (post_id, place) IN (SELECT post_id, place FROM quotes
                           WHERE source_id = ANY ($1) AND replace_community_id IS NULL
                           ORDER BY post_id, place
                           FOR UPDATE)
