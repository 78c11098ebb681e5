-- Where :member posts among :count: a community with so many memberships, and :topics topics in it,
-- numbered from :first on. Safe to repeat.

-- in directory
-- Memberships of nobody but :member, hence without the checks of keys: who posts asks nothing of the
-- others' profiles, and 100,000 of these are slow to make.
SET session_replication_role = replica;
INSERT INTO communities (id, display_name, kind, visibility, admits, member_count, create_time)
VALUES (':place', 'Crowd of :count', 1, 1, 1, :count, now())
ON CONFLICT DO NOTHING;
INSERT INTO memberships (community_id, member_id, role, create_time)
SELECT ':place'::uuid, ('00000000-0000-7000-b000-' || lpad(to_hex(n), 12, '0'))::uuid, 1, now()
FROM generate_series(2, :count) n
UNION ALL SELECT ':place', ':member', 1, now()
ON CONFLICT DO NOTHING;
UPDATE members SET community_ids = ARRAY(SELECT community_id FROM memberships
                                         WHERE member_id = ':member')
WHERE id = ':member';
ANALYZE memberships;

-- in discussions
INSERT INTO topics (id, community_id, author_id, last_author_id, create_time, last_post_time, score,
                    last_post_number, title)
SELECT ('00000000-0000-7000-8000-' || lpad(to_hex(:first + n), 12, '0'))::uuid, ':place', ':member',
       ':member', now(), now(), n, 1, 'Who is in?'
FROM generate_series(0, :topics - 1) n
ON CONFLICT DO NOTHING;
INSERT INTO posts (topic_id, id, author_id, create_time, number, markdown)
SELECT topic.id, gen_random_uuid(), ':member', now(), 1, 'Who is in?'
FROM topics topic
WHERE topic.community_id = ':place' AND topic.last_post_number = 1
ON CONFLICT DO NOTHING;
ANALYZE topics, posts;
