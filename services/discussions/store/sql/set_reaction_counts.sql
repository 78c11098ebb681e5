-- Stores how many members react to a post of a held topic, by kind from 1 on, up to the last that
-- somebody has; null: nobody does.
-- $1 topic, $2 number, $3 counts
UPDATE posts SET reaction_counts = $3 WHERE topic_id = $1 AND number = $2
