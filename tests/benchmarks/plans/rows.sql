-- What an organization of the sample's size has beside its posts, members and communities: so that
-- no statement is asked of an empty table. Shares are made up, in the proportion of what is there
-- already; the same rows each time. Derived tables follow by triggers.

-- in identity
SET synchronous_commit = off;
CREATE FUNCTION pg_temp.made(what text, n bigint) RETURNS uuid LANGUAGE sql IMMUTABLE AS $$
  SELECT md5(what || n)::uuid
$$;
INSERT INTO accounts (id, email, display_name, affiliation, password_hash, pepper_id, create_time,
                      suspend_time, suspend_expire_time)
SELECT pg_temp.made('account', n), 'person' || n || '@quernember.example',
       'Person ' || md5(n::text), 1 + (n % 10 = 0)::int, 'none', 'none',
       now() - n * interval '5 minutes', CASE WHEN n % 500 = 0 THEN now() END,
       CASE WHEN n % 1000 = 0 THEN now() + interval '9 days' END
FROM generate_series(1, {posts} / 10) n;
-- The busiest has 40 sessions.
INSERT INTO sessions (id, account_id, secret_hash, create_time, last_used_time, expire_time,
                      revoke_time, user_agent, place)
SELECT pg_temp.made('session', n), pg_temp.made('account', CASE WHEN n <= 40 THEN 1
                                                              ELSE 1 + n % ({posts} / 10) END),
       sha256(n::text::bytea), now() - n % 40 * interval '1 day', now() - n % 20 * interval '1 day',
       now() + (90 - n % 40) * interval '1 day',
       CASE WHEN n % 7 = 0 THEN now() END, 'Browser', 'place' || n % 1000
FROM generate_series(1, {posts} / 5) n;
INSERT INTO access_tokens (id, account_id, secret_hash, display_name, scope, create_time,
                           expire_time)
SELECT pg_temp.made('token', n), pg_temp.made('account', 1 + n % ({posts} / 10)),
       sha256(('token' || n)::bytea), 'Token', 1, now(), now() + interval '90 days'
FROM generate_series(1, {posts} / 100) n;
INSERT INTO invitations (id, secret_hash, email, creator_id, create_time, expire_time, due_time)
SELECT pg_temp.made('invitation', n), sha256(('invitation' || n)::bytea),
       'guest' || n || '@quernember.example', pg_temp.made('account', 1), now(),
       now() + interval '14 days', CASE WHEN n % 20 = 0 THEN now() END
FROM generate_series(1, {posts} / 100) n;
INSERT INTO throttle_buckets (kind, key, level, level_time, open_from)
SELECT 1 + n % 3, sha256(('bucket' || n)::bytea), 1, now(), now()
FROM generate_series(1, {posts} / 20) n;
INSERT INTO one_time_secrets (secret_hash, kind, account_id, create_time, expire_time)
SELECT sha256(('once' || n)::bytea), 2, pg_temp.made('account', n), now(), now() + interval '1 hour'
FROM generate_series(1, {posts} / 200) n;
INSERT INTO password_resets (secret_hash, account_id, issue_time)
SELECT sha256(('reset' || n)::bytea), pg_temp.made('account', n), now() - n % 200 * interval '1 day'
FROM generate_series(1, {posts} / 100) n;
INSERT INTO reset_requests (id, email, create_time)
SELECT pg_temp.made('request', n), 'person' || n || '@quernember.example', now()
FROM generate_series(1, {posts} / 200) n;
INSERT INTO email_changes (id, account_id, change_time)
SELECT pg_temp.made('change', n), pg_temp.made('account', n), now() - n % 200 * interval '1 day'
FROM generate_series(1, {posts} / 100) n;
INSERT INTO email_letters (id, kind, email, due_time)
SELECT pg_temp.made('letter', n), 1, 'person' || n || '@quernember.example', now()
FROM generate_series(1, {posts} / 500) n;
INSERT INTO email_requests (account_id, id, secret_hash, email, expire_time)
SELECT pg_temp.made('account', n), pg_temp.made('wish', n), sha256(('wish' || n)::bytea),
       'other' || n || '@quernember.example', now() + interval '1 day'
FROM generate_series(1, {posts} / 500) n;
INSERT INTO request_claims (request_id, caller, method, digest)
SELECT pg_temp.made('claim', n), pg_temp.made('account', n), 'SignOut', 'digest'
FROM generate_series(1, {posts} / 10) n;

-- in directory
SET synchronous_commit = off;
INSERT INTO proposals (community_id, member_id, kind, creator_id, create_time, expire_time)
SELECT community.id, member.id, kind, member.id, now(), now() + interval '30 days'
FROM (SELECT id, row_number() OVER (ORDER BY member_count DESC, id) AS place
      FROM communities) community
CROSS JOIN generate_series(1, 2) kind
JOIN LATERAL (SELECT id FROM members
              WHERE id NOT IN (SELECT member_id FROM memberships WHERE community_id = community.id)
                AND hashtext(id::text) % 3 <> 0
              ORDER BY id LIMIT greatest(2, 200 / place)) member ON true
WHERE community.place <= 500
ON CONFLICT DO NOTHING;
INSERT INTO bans (member_id, community_id, creator_id, create_time, expire_time)
SELECT member_id, community_id, member_id, now(),
       CASE WHEN hashtext(member_id::text) % 2 = 0 THEN now() + interval '9 days' END
FROM memberships WHERE hashtext(member_id::text || community_id) % 200 = 0
ON CONFLICT DO NOTHING;
INSERT INTO mutes (member_id, community_id, creator_id, create_time, expire_time)
SELECT member_id, community_id, member_id, now(),
       CASE WHEN hashtext(member_id::text) % 2 = 0 THEN now() + interval '9 days' END
FROM memberships WHERE hashtext(member_id::text || community_id) % 200 = 1
ON CONFLICT DO NOTHING;
INSERT INTO former_names (community_id, display_name, end_time)
SELECT id, 'Once ' || display_name, now() FROM communities
WHERE hashtext(id::text) % 3 = 0 ON CONFLICT DO NOTHING;
INSERT INTO profile_removals (member_id, create_time, id, fields, reason, remover_id)
SELECT id, now(), gen_random_uuid(), '{headline}', 'reason', id FROM members
WHERE hashtext(id::text) % 50 = 0;
INSERT INTO charters (community_id, purpose, review_time, version)
SELECT id, 'What it is for.', now() + (hashtext(id::text) % 300) * interval '1 day', 1
FROM communities WHERE hashtext(id::text) % 2 = 0 ON CONFLICT DO NOTHING;
INSERT INTO suspended_accounts (member_id)
SELECT id FROM members WHERE hashtext(id::text) % 500 = 0 ON CONFLICT DO NOTHING;
INSERT INTO request_claims (request_id, caller, method, digest)
SELECT gen_random_uuid(), gen_random_uuid(), 'CreateTopic', 'digest'
FROM generate_series(1, {posts} / 10) n;
INSERT INTO change_log (key, key_seq, kind, resource, version, origin)
SELECT gen_random_uuid(), 1, 2, gen_random_uuid(), 1, 1 FROM generate_series(1, {posts} / 10) n;

-- in discussions
SET synchronous_commit = off;
INSERT INTO read_states (member_id, topic_id, last_read_number)
SELECT author_id, topic_id, max(number) FROM posts GROUP BY author_id, topic_id
ON CONFLICT DO NOTHING;
INSERT INTO community_read_states (member_id, community_id, read_time)
SELECT DISTINCT posts.author_id, community_id, now() - interval '40 days'
FROM posts JOIN topics ON topics.id = topic_id ON CONFLICT DO NOTHING;
INSERT INTO community_follows (member_id, community_id, level)
SELECT member_id, community_id, 1 + abs(hashtext(member_id::text || community_id)) % 3
FROM community_read_states WHERE hashtext(member_id::text || community_id) % 10 = 0
ON CONFLICT DO NOTHING;
INSERT INTO topic_follows (member_id, topic_id, update_time, level)
SELECT member_id, topic_id, now(), 1 + abs(hashtext(topic_id::text || member_id)) % 3
FROM read_states WHERE hashtext(topic_id::text || member_id) % 5 = 0 ON CONFLICT DO NOTHING;
INSERT INTO bookmarks (member_id, post_id, create_time)
SELECT author_id, id, create_time FROM posts WHERE hashtext(id::text) % 40 = 0
ON CONFLICT DO NOTHING;
INSERT INTO reactions (post_id, member_id, create_time, kind)
SELECT id, reader.member_id, now(), 1 + abs(hashtext(id::text)) % 6
FROM posts JOIN LATERAL (
  SELECT member_id FROM read_states WHERE topic_id = posts.topic_id LIMIT 2
) reader ON true
WHERE hashtext(id::text) % 20 = 1 ON CONFLICT DO NOTHING;
INSERT INTO mentions (post_id, topic_id, community_id, member_id, author_id, mention_time, kind)
SELECT post.id, topic_id, community_id, reader.member_id, post.author_id, post.create_time, 1
FROM posts post JOIN topics ON topics.id = topic_id JOIN LATERAL (
  SELECT member_id FROM read_states WHERE topic_id = post.topic_id LIMIT 1
) reader ON true
WHERE hashtext(post.id::text) % 10 = 2 ON CONFLICT DO NOTHING;
INSERT INTO mention_places (member_id, community_id)
SELECT DISTINCT member_id, community_id FROM mentions WHERE member_id IS NOT NULL
ON CONFLICT DO NOTHING;
INSERT INTO quotes (post_id, source_id, place, text)
SELECT post.id, source.id, 0, 'A text.'
FROM posts post JOIN posts source ON source.topic_id = post.topic_id
                                 AND source.number = post.number - 1
WHERE hashtext(post.id::text) % 30 = 3 ON CONFLICT DO NOTHING;
INSERT INTO revisions (post_id, community_id, version, replace_time, markdown)
SELECT post.id, community_id, earlier, now(), 'An earlier text.'
FROM posts post JOIN topics ON topics.id = topic_id
CROSS JOIN generate_series(1, 2) earlier
WHERE hashtext(post.id::text) % 30 = 4 ON CONFLICT DO NOTHING;
INSERT INTO flags (id, community_id, topic_id, post_id, member_id, create_time, decide_time,
                   outcome, kind, opens_review, text)
SELECT gen_random_uuid(), community_id, topic_id, post.id, post.author_id, now() - interval '1 day',
       CASE WHEN hashtext(post.id::text) % 4 > 0 THEN now() END,
       CASE WHEN hashtext(post.id::text) % 4 > 0 THEN 1 END, 1, true, 'A reason.'
FROM posts post JOIN topics ON topics.id = topic_id
WHERE hashtext(post.id::text) % 501 = 5 ON CONFLICT DO NOTHING;
INSERT INTO removals (id, community_id, topic_id, post_id, author_id, remover_id, remove_time,
                      title, markdown, reason)
SELECT gen_random_uuid(), community_id, topic_id, post.id, post.author_id, topics.author_id, now(),
       '', 'A text.', 'A reason.'
FROM posts post JOIN topics ON topics.id = topic_id
WHERE hashtext(post.id::text) % 500 = 6 ON CONFLICT DO NOTHING;
INSERT INTO polls (topic_id, choice, ballot, results, vote_counts, options)
SELECT id, 1, 1, 1, '{0,0}', '{yes,no}' FROM topics WHERE hashtext(id::text) % 20 = 0
ON CONFLICT DO NOTHING;
INSERT INTO poll_votes (topic_id, member_id, vote_time, options)
SELECT topic_id, member_id, now(), '{1}' FROM polls JOIN read_states USING (topic_id)
ON CONFLICT DO NOTHING;
INSERT INTO drafts (member_id, place_id, topic_id, update_time, place_kind, title, markdown)
SELECT member_id, topic_id, NULL, now(), 2, '', 'A text.' FROM read_states
WHERE hashtext(topic_id::text || member_id) % 100 = 7 ON CONFLICT DO NOTHING;
INSERT INTO ignores (member_id, ignored_id, create_time)
SELECT DISTINCT ON (one.author_id) one.author_id, other.author_id, now()
FROM topics one JOIN topics other ON other.community_id = one.community_id
                                 AND other.author_id <> one.author_id
WHERE hashtext(one.id::text) % 50 = 8 AND hashtext(other.id::text) % 50 = 8
ON CONFLICT DO NOTHING;
-- Few tags stand on many topics.
UPDATE topics SET tags = ARRAY['tag-' || (abs(hashtext(id::text)) % 20) ^ 2 / 4 + 1]
WHERE hashtext(id::text) % 4 = 0 AND tags IS NULL;
INSERT INTO topic_tags (topic_id, community_id, last_post_time, tag)
SELECT id, community_id, last_post_time, unnest(tags) FROM topics WHERE tags IS NOT NULL
ON CONFLICT DO NOTHING;
INSERT INTO community_tags (community_id, tag, topic_count)
SELECT community_id, tag, count(*) FROM topic_tags GROUP BY 1, 2 ON CONFLICT DO NOTHING;
INSERT INTO tag_follows (member_id, tag, level)
SELECT DISTINCT author_id, tags[1], 1 + abs(hashtext(author_id::text)) % 3
FROM topics WHERE tags IS NOT NULL AND hashtext(author_id::text) % 3 = 0 ON CONFLICT DO NOTHING;
INSERT INTO request_claims (request_id, caller, method, digest)
SELECT gen_random_uuid(), gen_random_uuid(), 'CreatePost', 'digest'
FROM generate_series(1, {posts} / 10) n;
INSERT INTO change_log (key, key_seq, kind, resource, version, origin)
SELECT topic_id, number, 10, id, 1, 1 FROM posts WHERE hashtext(id::text) % 10 = 9;
