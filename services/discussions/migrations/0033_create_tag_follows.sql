-- How closely members follow tags, wherever they read: muted 1, normally 2, watching 3, as in the
-- contract. Whether any topic has a tag is not asked. Read as one range, from the key alone.
CREATE TABLE tag_follows (
  member_id uuid NOT NULL,
  tag text COLLATE "C" NOT NULL,
  level smallint NOT NULL,
  PRIMARY KEY (member_id, tag) INCLUDE (level),
  CONSTRAINT tag_levels_are_of_a_closed_list CHECK (level BETWEEN 1 AND 3)
);

-- The topics of some communities with tags that a member watches or follows normally: up to `most`,
-- those with the latest posts, and when these were. So many tags are looked for at most, those that it watches first, in
-- the first community, then in the next: 3 buffers each.
CREATE FUNCTION topics_of_followed_tags(reader_id uuid, places uuid[], most integer)
RETURNS TABLE (topic_id uuid, last_post_time timestamptz) LANGUAGE sql STABLE AS $$
  SELECT listed.topic_id, max(listed.last_post_time)
  FROM (
    SELECT place.id, chosen.tag
    FROM unnest(places) WITH ORDINALITY AS place(id, number)
    CROSS JOIN (SELECT tag, level FROM tag_follows WHERE member_id = reader_id AND level > 1) chosen
    ORDER BY place.number, chosen.level DESC, chosen.tag
    LIMIT most
  ) looked_for
  CROSS JOIN LATERAL (
    SELECT topic_id, last_post_time
    FROM topic_tags
    WHERE community_id = looked_for.id AND tag = looked_for.tag
    ORDER BY last_post_time DESC, topic_id DESC
    LIMIT most
  ) listed
  GROUP BY listed.topic_id
  ORDER BY max(listed.last_post_time) DESC, listed.topic_id DESC
  LIMIT most
$$;
