SELECT subsystem, acquires, releases, converted, unconverted, keep, mixed, mismatched, unknown
FROM subsystem_status
ORDER BY subsystem;
