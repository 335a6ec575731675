extern void lru_add_drain_all(void);
