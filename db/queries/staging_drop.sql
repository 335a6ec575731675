-- After the last staging_publish.
DROP TABLE raw_file;
DROP TABLE raw_path;
DROP TABLE raw_function;
DROP TABLE raw_invoke;
DROP TABLE raw_place;
DROP TABLE raw_call;
DROP TABLE raw_arg;
DROP TABLE raw_flow;
DROP TABLE raw_object;
DROP TABLE raw_graph;
DROP TABLE raw_prototype;
