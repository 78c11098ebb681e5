-- The form in which a text is compared.
-- $1 text
SELECT search_key($1)
