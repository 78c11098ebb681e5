-- What posts said before they were edited. They go with the text of their post.
CREATE TABLE revisions (
  post_id uuid NOT NULL REFERENCES posts (id) ON DELETE CASCADE,
  -- Where it was edited: who reads the post elsewhere does not read this.
  community_id uuid NOT NULL,
  -- Of the post, while it said this.
  version bigint NOT NULL,
  replace_time timestamptz NOT NULL,
  markdown text NOT NULL,
  PRIMARY KEY (post_id, version)
);
