-- Under which words posts are found. A row per post that stands, written by SearchIndexer after the post:
-- nobody who posts waits for it. Beside the words of the text each row is found under its community, its
-- author and the quarter of its year, so that one index answers all of a query: see search_store.cpp.
-- Whether a post may be read is never decided by it: results are read from topics and posts.
CREATE TABLE post_words (
  post_id uuid PRIMARY KEY,
  topic_id uuid NOT NULL,
  community_id uuid NOT NULL,
  create_time timestamptz NOT NULL,
  words tsvector NOT NULL
);

CREATE INDEX post_words_by_topic ON post_words (topic_id);
-- What was added last lies in a list that every search reads through: kept short.
CREATE INDEX post_words_by_word ON post_words USING gin (words)
  WITH (fastupdate = on, gin_pending_list_limit = 256);

-- How far the words are known: one row.
CREATE TABLE search_progress (
  only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one),
  -- Of the change log; nil: nowhere yet.
  incarnation uuid NOT NULL DEFAULT '00000000-0000-0000-0000-000000000000',
  xid bigint NOT NULL DEFAULT 0,
  n bigint NOT NULL DEFAULT 0,
  -- The last post of those that were there before, in order of topic and number; null when all are
  -- done.
  known_topic_id uuid DEFAULT '00000000-0000-0000-0000-000000000000',
  known_number integer NOT NULL DEFAULT 0
);
INSERT INTO search_progress DEFAULT VALUES;
