-- The words of one entry's "arguments".
SELECT value FROM json_each(?1) WHERE type = 'text' ORDER BY key;
