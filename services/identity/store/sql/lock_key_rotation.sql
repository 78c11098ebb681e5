-- Holds the right to change the keys.
SELECT FROM key_rotation FOR UPDATE
