-- Compares the communities by which some members are found with their memberships, mends what
-- differs and says which. After hold_members_after, so that nobody joins between the two.
-- $1 members
UPDATE members member
SET community_ids = recount.ids
FROM (SELECT wanted.id,
             ARRAY(SELECT community_id FROM memberships WHERE member_id = wanted.id) AS ids
      FROM unnest($1) AS wanted(id)) recount
WHERE member.id = recount.id
  AND NOT (member.community_ids @> recount.ids AND member.community_ids <@ recount.ids
           AND cardinality(member.community_ids) = cardinality(recount.ids))
RETURNING member.id
