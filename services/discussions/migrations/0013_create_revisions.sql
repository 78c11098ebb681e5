-- What posts said before they were edited. They go with the text of their post.
CREATE TABLE revisions (
  post_id uuid NOT NULL REFERENCES posts (id) ON DELETE CASCADE,
  -- Of the post, while it said this.
  version bigint NOT NULL,
  replace_time timestamptz NOT NULL,
  markdown text NOT NULL,
  PRIMARY KEY (post_id, version)
);
