-- Those of some communities that the viewer may see, in no order, each as in get_community.
-- $1 viewer, $2 whether the viewer is external, $3 communities
SELECT community.id,
       CASE WHEN community.parent_id = ANY (above.ids) THEN community.parent_id END,
       community.display_name, community.description, community.kind,
       community.visibility, community.admits, community.member_count, community.version,
       community.create_time, community.archived, community.archive_time, community.location,
       coalesce(above.any_secret, false), coalesce(above.ids, '{}'),
       coalesce(above.display_names, '{}')
FROM communities community
LEFT JOIN LATERAL (
  SELECT bool_or(ancestor.visibility = 3) AS any_secret,
         array_agg(ancestor.id ORDER BY place) FILTER (WHERE seen) AS ids,
         array_agg(ancestor.display_name ORDER BY place) FILTER (WHERE seen) AS display_names
  FROM unnest(community.ancestor_ids) WITH ORDINALITY AS chain(id, place)
  JOIN communities ancestor ON ancestor.id = chain.id
  CROSS JOIN LATERAL (SELECT sees_community($1, $2, ancestor) AS seen) eyes
) above ON true
WHERE community.id = ANY ($3) AND sees_community($1, $2, community)
