-- All members are listed.
DELETE FROM facet_fill
