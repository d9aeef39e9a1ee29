-- Who of the centre speaks in a conversation: the contact is told of each person
-- who joins, once.

-- +goose Up
ALTER TABLE conversations ADD COLUMN broker text; -- as the actor of events; null while nobody has joined

-- +goose Down
ALTER TABLE conversations DROP COLUMN broker;
