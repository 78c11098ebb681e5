-- Why a request to join was declined, as far as who declined it says; it goes with the request.
ALTER TABLE proposals ADD COLUMN decline_reason text NOT NULL DEFAULT '';
