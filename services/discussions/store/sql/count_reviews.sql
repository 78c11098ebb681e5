-- How many posts of communities have flags under review. (In order, so that it is a range of the
-- index also where nearly all reviews are in one community.)
-- $1 communities, $2 up to how many to count in each
SELECT community.id,
       (SELECT count(*)::integer
        FROM (SELECT FROM flags
              WHERE community_id = community.id AND decide_time IS NULL AND opens_review
              ORDER BY create_time, id
              LIMIT $2) waiting)
FROM unnest($1) AS community(id)
