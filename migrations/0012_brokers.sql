-- Who of the centre speaks in a conversation, so that the contact is told of each
-- person who joins, once; and what a model has read off a picture, which stands
-- from then on, since evidence points into it.

-- +goose Up
ALTER TABLE conversations ADD COLUMN broker text; -- as the actor of events; null while nobody has joined
ALTER TABLE documents ADD COLUMN words text;      -- of a picture; null where none were read

-- +goose Down
ALTER TABLE documents DROP COLUMN words;
ALTER TABLE conversations DROP COLUMN broker;
