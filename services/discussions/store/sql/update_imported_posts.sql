-- Stores what posts of locked topics are after an import, with marks of what they were imported
-- from.
-- $1 topics, $2 numbers, $3 texts, $4 versions, $5 how many react by kind, each the text of an array
-- or empty, $6 marks
UPDATE posts
SET markdown = wanted.markdown, version = wanted.version, imported_mark = wanted.mark,
    reaction_counts = nullif(wanted.reaction_counts, '')::integer[]
FROM unnest($1, $2, $3, $4, $5, $6)
  AS wanted(topic_id, number, markdown, version, reaction_counts, mark)
WHERE posts.topic_id = wanted.topic_id AND posts.number = wanted.number
