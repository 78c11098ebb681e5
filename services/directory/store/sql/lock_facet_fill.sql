-- After whom members stand who are not listed yet, until the end of the transaction for nobody else;
-- no row where all are.
SELECT after_id FROM facet_fill FOR UPDATE
