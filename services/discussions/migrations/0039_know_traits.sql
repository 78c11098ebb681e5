-- Posts are found by what their topics are, too, and by words of titles alone.

-- Of what kind a topic is, and how it stands: what searches may ask with is:, as domain/search.h
-- names it.
CREATE FUNCTION topic_traits(t topics)
RETURNS text[] LANGUAGE sql IMMUTABLE AS $$
  SELECT ARRAY[(ARRAY['discussion', 'question', 'announcement', 'praise', 'poll'])[t.kind],
               CASE WHEN t.closer_id IS NULL THEN 'open' ELSE 'closed' END]
         || CASE WHEN t.kind <> 2 THEN ARRAY[]::text[]
                 WHEN t.accepted_post_number IS NULL THEN ARRAY['unanswered']
                 ELSE ARRAY['answered'] END
$$;

-- By which of them a post is found; null: not known yet.
ALTER TABLE post_words ADD COLUMN traits text[];

-- All posts are looked through again.
UPDATE search_progress SET known_topic_id = '00000000-0000-0000-0000-000000000000', known_number = 0;
