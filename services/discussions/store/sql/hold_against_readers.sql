-- Holds a held topic from which posts go against its readers, too: marks and follows of it that are
-- just being stored are waited for, and later ones find the posts gone. Those who post hold it less closely, and no
-- reader waits for them.
-- $1 topic
SELECT FROM topics WHERE id = $1 FOR UPDATE
