-- All communities are listed by their words.
DELETE FROM community_word_fill
