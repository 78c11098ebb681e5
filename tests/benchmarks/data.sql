-- What the bench reads and writes: one community with :community and 1,000 topics of 20 posts each,
-- to which :member belongs. Safe to repeat.

-- in directory
INSERT INTO communities (id, display_name, kind, visibility, admits, create_time)
VALUES (':community', 'Bench', 1, 1, 1, now())
ON CONFLICT DO NOTHING;
INSERT INTO memberships (community_id, member_id, role, create_time)
VALUES (':community', ':member', 1, now())
ON CONFLICT DO NOTHING;
UPDATE members SET community_ids = ARRAY(SELECT community_id FROM memberships
                                         WHERE member_id = ':member')
WHERE id = ':member';
UPDATE communities SET member_count = (SELECT count(*) FROM memberships
                                       WHERE community_id = ':community')
WHERE id = ':community';

-- in discussions
INSERT INTO topics (id, community_id, author_id, last_author_id, create_time, last_post_time, score,
                    last_post_number, title)
SELECT ('00000000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, ':community', ':member',
       ':member', now() - n * interval '1 hour', now() - n * interval '1 minute', n, 20,
       'How do we keep the ' || n || 'th batch of flour from clumping in damp weather?'
FROM generate_series(1, 1000) n
ON CONFLICT DO NOTHING;
INSERT INTO posts (topic_id, id, author_id, create_time, number, markdown)
SELECT topic.id, gen_random_uuid(), ':member', now(), number,
       repeat('Sieve it twice, and keep the hopper above the dew point. ', 8)
FROM topics topic, generate_series(1, 20) number
WHERE topic.community_id = ':community' AND topic.last_post_number = 20
ON CONFLICT DO NOTHING;
-- Not what is empty: plans that are kept would scan it for as long as nobody analyzes it again.
ANALYZE topics, posts;
