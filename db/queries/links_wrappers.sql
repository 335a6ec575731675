SELECT * FROM wrapper_function
ORDER BY id;
