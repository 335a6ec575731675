INSERT INTO cfg(id, graph) VALUES (?1, ?2);
