-- Goes on after a community.
-- $1 community
UPDATE community_word_fill SET after_id = $1
