#ifdef CONFIG_GUP_PIN_TRACKING
/* Waits until all sections that were not preempted are over. */
static inline void gup_pin_synchronize(void)
{
	synchronize_rcu();
}
#endif

