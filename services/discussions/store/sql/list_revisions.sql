-- What a post that stands in the community said while it stood there, newest first, before a
-- version, each with what replaced it there.
-- $1 community, $2 topic, $3 post, $4 version to go on before, $5 how many
SELECT version, markdown, replace_time,
       coalesce((SELECT later.markdown FROM revisions later
                 WHERE later.post_id = $3 AND later.version > revision.version
                 ORDER BY later.version LIMIT 1),
                (SELECT post.markdown FROM posts post WHERE post.id = $3)),
       moderated
FROM revisions revision
WHERE post_id = $3 AND version < $4 AND community_id = $1
  AND EXISTS (SELECT FROM topics WHERE id = $2 AND community_id = $1 AND delete_time IS NULL)
  AND EXISTS (SELECT FROM posts WHERE id = $3 AND topic_id = $2 AND delete_time IS NULL)
ORDER BY version DESC
LIMIT $5
