-- After which community those stand that are not listed by their words yet, until the end of the
-- transaction for nobody else; no row where all are.
SELECT after_id FROM community_word_fill FOR UPDATE
