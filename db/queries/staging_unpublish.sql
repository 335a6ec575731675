-- Takes back staging_publish of a draft, so that it can be done again with more facts. A draft
-- has no arguments, graphs and prototypes, and no callers.
DELETE FROM object_flow;
DELETE FROM flow;
DELETE FROM call;
DELETE FROM invoke;
DELETE FROM signature;
DELETE FROM function;
DELETE FROM place;
DELETE FROM file;
DELETE FROM raw_function WHERE is_guess;
