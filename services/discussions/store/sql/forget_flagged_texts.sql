-- Forgets what a held post said when it was flagged, and does not say any more.
-- $1 post, $2 what it says
DELETE FROM flagged_texts WHERE post_id = $1 AND markdown <> $2
