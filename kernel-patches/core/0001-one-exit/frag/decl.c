	long ret = 0, i = 0;
