-- Holds a held topic that goes against its readers, too: marks and follows of it that are just being
-- stored are waited for, and later ones find it gone. Those who post hold it less closely, and no
-- reader waits for them.
-- $1 topic
SELECT FROM topics WHERE id = $1 FOR UPDATE
