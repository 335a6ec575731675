SELECT * FROM subsystem_status
ORDER BY subsystem;
