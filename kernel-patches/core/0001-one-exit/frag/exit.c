out:
	return i ? i : ret;
