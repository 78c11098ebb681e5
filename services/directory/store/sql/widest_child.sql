-- The widest visibility and admission among the communities right below one; nulls when there are
-- none. The parent's row is locked by whoever asks, and founding a child locks it too.
-- $1 community
SELECT min(visibility), max(admits)::int FROM communities WHERE parent_id = $1
