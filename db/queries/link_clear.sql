DELETE FROM helper_call;
DELETE FROM decision;
DELETE FROM wrapper_call;
DELETE FROM wrapper;
DELETE FROM link_step;
DELETE FROM link;
