-- Whom and what the statements are asked about: as JSON, each an expression of SQL. {heavy} is true
-- for those of which there is most, and false for the usual ones.

-- in discussions
WITH topic AS (
  SELECT * FROM topics WHERE delete_time IS NULL
  ORDER BY last_post_number DESC, id
  OFFSET CASE WHEN {heavy} THEN 0 ELSE (SELECT count(*) / 2 FROM topics) END LIMIT 1
), other_topic AS (
  SELECT * FROM topics WHERE delete_time IS NULL
  ORDER BY last_post_number DESC, id
  OFFSET CASE WHEN {heavy} THEN 1 ELSE (SELECT count(*) / 2 + 1 FROM topics) END LIMIT 1
), member AS (
  SELECT author_id AS id FROM posts
  WHERE {heavy} OR author_id = (SELECT author_id FROM topic)
  GROUP BY author_id ORDER BY count(*) DESC, author_id LIMIT 1
), post AS (
  SELECT * FROM posts
  WHERE topic_id = (SELECT id FROM topic) AND number >= (SELECT last_post_number / 2 FROM topic)
  ORDER BY number LIMIT 1
), ten AS (
  SELECT topics.id, community_id, post.id AS post_id, post.author_id
  FROM topics JOIN posts post ON post.topic_id = topics.id AND post.number = 1
  ORDER BY last_post_number DESC, topics.id
  OFFSET CASE WHEN {heavy} THEN 0 ELSE (SELECT count(*) / 2 FROM topics) END LIMIT 10
), visible AS (
  SELECT community_id AS id FROM topics GROUP BY community_id
  ORDER BY count(*) DESC, community_id LIMIT CASE WHEN {heavy} THEN 300 ELSE 20 END
), tags AS (
  SELECT tag FROM topic_tags GROUP BY tag
  ORDER BY CASE WHEN {heavy} THEN -count(*) ELSE abs(count(*) - 10) END, tag LIMIT 10
)
SELECT json_build_object(
  'none', quote_literal('00000000-0000-0000-0000-000000000000'),
  'topic', (SELECT quote_literal(id) FROM topic),
  'future', (SELECT quote_literal(array_agg('infinity'::timestamptz)) FROM visible),
  'traits', quote_literal(ARRAY(SELECT '{discussion,open}' FROM ten)),
  'questions', (SELECT quote_literal(coalesce(array_agg(id), '{}'))
                FROM (SELECT id FROM topics WHERE kind = 2 LIMIT 10) questions),
  'poll', coalesce((SELECT quote_literal(topic_id) FROM polls ORDER BY voter_count DESC LIMIT 1),
                   'NULL'),
  'topic_without_poll', (SELECT quote_literal(id) FROM topics
                         WHERE id NOT IN (SELECT topic_id FROM polls) LIMIT 1),
  'other_topic', (SELECT quote_literal(id) FROM other_topic),
  'community', (SELECT quote_literal(community_id) FROM topic),
  'member', (SELECT quote_literal(id) FROM member),
  'other_member', (SELECT quote_literal(author_id) FROM posts
                   WHERE author_id <> (SELECT id FROM member) LIMIT 1),
  'account', 'gen_random_uuid()',
  'post', (SELECT quote_literal(id) FROM post),
  'number', (SELECT number::text FROM post),
  'free_number', (SELECT (last_post_number + 1000)::text FROM topic),
  'free_numbers', quote_literal(ARRAY(SELECT generate_series(2000001, 2000010))),
  'topics', (SELECT quote_literal(array_agg(id ORDER BY id)) FROM ten),
  'posts', (SELECT quote_literal(array_agg(post_id ORDER BY id)) FROM ten),
  'members', (SELECT quote_literal(array_agg(author_id ORDER BY id)) FROM ten),
  'communities_of_topics', (SELECT quote_literal(array_agg(community_id ORDER BY id)) FROM ten),
  'communities', (SELECT quote_literal(array_agg(id)) FROM visible),
  'community_words', (SELECT quote_literal(string_agg('''#c' || id || '''', '|')) FROM visible),
  'author_words', (SELECT quote_literal('''#f' || id || '''') FROM member),
  'common', CASE WHEN {heavy} THEN quote_literal('''ba''') ELSE quote_literal('''ko''') END,
  'tag', coalesce((SELECT quote_literal(tag) FROM tags LIMIT 1), '''tag'''),
  'tags', coalesce((SELECT quote_literal(array_agg(tag)) FROM tags), '''{}'''),
  'names', quote_literal(ARRAY(SELECT 'Name ' || gen_random_uuid() FROM generate_series(1, 10))),
  'new', quote_literal(ARRAY(SELECT gen_random_uuid() FROM generate_series(1, 10))))

-- in directory
WITH community AS (
  SELECT * FROM communities WHERE NOT archived
  ORDER BY member_count DESC, id
  OFFSET CASE WHEN {heavy} THEN 0 ELSE (SELECT count(*) / 2 FROM communities) END LIMIT 1
), member AS (
  SELECT member_id AS id FROM memberships
  WHERE {heavy} OR community_id = (SELECT id FROM community)
  GROUP BY member_id
  ORDER BY CASE WHEN {heavy} THEN -count(*) ELSE abs(count(*) - 3) END, member_id LIMIT 1
), other_member AS (
  SELECT member_id AS id FROM memberships
  WHERE community_id = (SELECT id FROM community) AND member_id <> (SELECT id FROM member)
  ORDER BY create_time, member_id LIMIT 1
), ten AS (
  SELECT id FROM communities WHERE NOT archived
  ORDER BY member_count DESC, id
  OFFSET CASE WHEN {heavy} THEN 0 ELSE (SELECT count(*) / 2 FROM communities) END LIMIT 10
), ten_members AS (
  SELECT id FROM members ORDER BY id
  OFFSET CASE WHEN {heavy} THEN 0 ELSE (SELECT count(*) / 2 FROM members) END LIMIT 10
)
SELECT json_build_object(
  'none', quote_literal('00000000-0000-0000-0000-000000000000'),
  'topic', 'gen_random_uuid()',
  'account', (SELECT quote_literal(id) FROM member),
  'post', 'gen_random_uuid()',
  'community', (SELECT quote_literal(id) FROM community),
  'member', (SELECT quote_literal(id) FROM member),
  'other_member', (SELECT quote_literal(id) FROM other_member),
  'outsider', (SELECT quote_literal(id) FROM members
               WHERE id NOT IN (SELECT member_id FROM memberships
                                WHERE community_id = (SELECT id FROM community))
                 AND hashtext(id::text) % 3 = 0 LIMIT 1),
  'community_ten_times', (SELECT quote_literal(array_agg(community.id))
                          FROM community, ten_members),
  'external', (SELECT (affiliation = 2)::text FROM members WHERE id = (SELECT id FROM member)),
  'community_name', (SELECT quote_literal(display_name) FROM community),
  'member_name', (SELECT quote_literal(split_part(display_name, ' ', 1)) FROM members
                  WHERE id = (SELECT id FROM member)),
  'said', (SELECT quote_literal(split_part(display_name, ' ', 1)) FROM community),
  'communities', (SELECT quote_literal(array_agg(id)) FROM ten),
  'members', (SELECT quote_literal(array_agg(id)) FROM ten_members),
  'topics', quote_literal(ARRAY(SELECT gen_random_uuid() FROM generate_series(1, 10))),
  'posts', quote_literal(ARRAY(SELECT gen_random_uuid() FROM generate_series(1, 10))),
  'names', quote_literal(ARRAY(SELECT 'Name ' || gen_random_uuid() FROM generate_series(1, 10))),
  'new', quote_literal(ARRAY(SELECT gen_random_uuid() FROM generate_series(1, 10))))

-- in identity
WITH account AS (
  SELECT account.* FROM accounts account
  LEFT JOIN sessions session ON session.account_id = account.id
  GROUP BY account.id
  ORDER BY CASE WHEN {heavy} THEN -count(session.id) ELSE abs(count(session.id) - 2) END, account.id
  LIMIT 1
), own AS (
  SELECT * FROM sessions WHERE account_id = (SELECT id FROM account) ORDER BY id LIMIT 1
), ten AS (
  SELECT id FROM sessions ORDER BY id
  OFFSET CASE WHEN {heavy} THEN 0 ELSE (SELECT count(*) / 2 FROM sessions) END LIMIT 10
)
SELECT json_build_object(
  'none', quote_literal('00000000-0000-0000-0000-000000000000'),
  'topic', 'gen_random_uuid()',
  'post', 'gen_random_uuid()',
  'member', (SELECT quote_literal(id) FROM account),
  'account', (SELECT quote_literal(id) FROM account),
  'email', (SELECT quote_literal(email) FROM account),
  'email_beginning', (SELECT quote_literal(left(email, 6)) FROM account),
  'session', coalesce((SELECT quote_literal(id) FROM own), 'gen_random_uuid()'),
  'secret_hash', coalesce((SELECT quote_literal(secret_hash) FROM own), '''none'''),
  'token', coalesce((SELECT quote_literal(id) FROM access_tokens LIMIT 1), 'gen_random_uuid()'),
  'sessions', (SELECT quote_literal(coalesce(array_agg(id), '{}')) FROM ten),
  'tokens', (SELECT quote_literal(coalesce(array_agg(id), '{}'))
             FROM (SELECT id FROM access_tokens LIMIT 10) tokens),
  'keys', quote_literal(ARRAY(SELECT sha256(n::text::bytea) FROM generate_series(1, 10) n)),
  'topics', quote_literal(ARRAY(SELECT gen_random_uuid() FROM generate_series(1, 10))),
  'posts', quote_literal(ARRAY(SELECT gen_random_uuid() FROM generate_series(1, 10))),
  'names', quote_literal(ARRAY(SELECT 'Name ' || gen_random_uuid() FROM generate_series(1, 10))),
  'new', quote_literal(ARRAY(SELECT gen_random_uuid() FROM generate_series(1, 10))))
