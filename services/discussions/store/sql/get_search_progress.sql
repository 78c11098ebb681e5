-- How far words are known.
SELECT incarnation, xid, n, known_topic_id, known_number FROM word_progress
