-- What there is already when a member flags a post of a held topic.
-- $1 post, $2 member, $3 when the post was edited last, $4 up to how many to count
SELECT EXISTS (SELECT FROM flags
               WHERE post_id = $1 AND member_id = $2
                 AND (decide_time IS NULL OR decide_time >= $3)),
       (SELECT count(*)::integer FROM (SELECT FROM flags
                                       WHERE member_id = $2 AND decide_time IS NULL
                                       LIMIT $4) own)
