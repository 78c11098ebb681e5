-- The next tags after (community, tag), and whether as many topics have each as it shows, and any: in
-- one snapshot, so that a difference is a fault. Without a lock.
-- $1 community and $2 tag to go on after, $3 how many
SELECT community_id, tag,
       topic_count > 0
         AND topic_count = (SELECT count(*) FROM topic_tags listed
                            WHERE listed.community_id = counted.community_id
                              AND listed.tag = counted.tag)
FROM community_tags counted
WHERE (community_id, tag) > ($1, $2)
ORDER BY community_id, tag
LIMIT $3
