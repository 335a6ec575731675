		if (unlikely(fatal_signal_pending(current))) {
