-- Numbers a change of facts, stores what it is about and tells whoever listens. The last statement
-- of its transaction: the row of the head is held until the commit, by everybody in turn.
-- $1 kinds, $2 subjects, $3 objects
WITH head AS (
  UPDATE access_head SET revision = revision + 1 RETURNING revision
), noted AS (
  INSERT INTO access_changes (revision, place, kind, subject, object)
  SELECT head.revision, wanted.place, wanted.kind, wanted.subject, wanted.object
  FROM head, unnest($1, $2, $3) WITH ORDINALITY AS wanted(kind, subject, object, place)
)
SELECT pg_notify('access', '') FROM head
