-- Creates posts of locked topics, with marks of what they were imported from.
-- $1 topics, $2 numbers, $3 ids, $4 authors, $5 times, $6 texts, $7 the numbers that they answer or
-- null, $8 how many react by kind, each the text of an array or empty, $9 marks
INSERT INTO posts (topic_id, number, id, author_id, create_time, markdown, reply_to_number,
                   reaction_counts, imported_mark)
SELECT topic_id, number, id, author_id, create_time, markdown, reply_to_number,
       nullif(reaction_counts, '')::integer[], mark
FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9)
  AS wanted(topic_id, number, id, author_id, create_time, markdown, reply_to_number,
            reaction_counts, mark)
