-- Stores what a held post said before its edit, and drops what it said so many edits ago: each edit
-- adds one to the version. What quotes it knows where it was replaced first.
-- $1 post, $2 version that said it, $3 time of the edit, $4 what it said, $5 how many to keep,
-- $6 community, $7 whether who keeps order edits
WITH dropped AS (
  DELETE FROM revisions WHERE post_id = $1 AND version <= $2 - $5
), replaced AS (
  UPDATE quotes SET replace_community_id = $6
  WHERE (post_id, place) IN (SELECT post_id, place FROM quotes
                             WHERE source_id = $1 AND replace_community_id IS NULL
                             ORDER BY post_id, place
                             FOR UPDATE)
)
INSERT INTO revisions (post_id, version, replace_time, markdown, community_id, moderated)
VALUES ($1, $2, $3, $4, $6, $7)
