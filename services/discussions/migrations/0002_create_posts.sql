-- Contributions. The key is the order in which they are read, so a page of posts is one range of
-- one index. HTML is not stored: see README.md, "Markdown".
CREATE TABLE posts (
  topic_id uuid NOT NULL REFERENCES topics,
  id uuid NOT NULL,
  author_id uuid NOT NULL,
  create_time timestamptz NOT NULL,
  edit_time timestamptz,
  delete_time timestamptz,
  version bigint NOT NULL DEFAULT 1,
  number integer NOT NULL,
  markdown text NOT NULL,
  PRIMARY KEY (topic_id, number),
  CONSTRAINT one_post_per_id UNIQUE (id),
  CONSTRAINT numbers_begin_at_1 CHECK (number > 0),
  CONSTRAINT deleted_posts_have_no_text CHECK (delete_time IS NULL OR markdown = '')
);
