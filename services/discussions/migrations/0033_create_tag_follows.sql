-- How closely members follow tags, wherever they read: muted 1, normally 2, watching 3, as in the
-- contract. Whether any topic has a tag is not asked. Read as one range, from the key alone.
CREATE TABLE tag_follows (
  member_id uuid NOT NULL,
  tag text COLLATE "C" NOT NULL,
  level smallint NOT NULL,
  PRIMARY KEY (member_id, tag) INCLUDE (level),
  CONSTRAINT tag_levels_are_of_a_closed_list CHECK (level BETWEEN 1 AND 3)
);

-- The topics of some communities with tags that a member watches or follows normally: the `most` with
-- the latest posts that as many looks find, and when these were. A look is for one tag in one
-- community, 3 buffers: tags that it watches first, in the first community, then in the next.
CREATE FUNCTION topics_of_followed_tags(reader_id uuid, places uuid[], most integer)
RETURNS TABLE (topic_id uuid, last_post_time timestamptz) LANGUAGE sql STABLE AS $$
  SELECT listed.topic_id, max(listed.last_post_time)
  FROM (
    SELECT place.id, chosen.tag
    FROM unnest(places[:most]) WITH ORDINALITY AS place(id, number)
    CROSS JOIN (
      SELECT tag, level FROM tag_follows
      WHERE member_id = reader_id AND level > 1
      ORDER BY level DESC, tag
      LIMIT most
    ) chosen
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
