-- As of which revision facts are that are read after this.
SELECT revision FROM access_head
