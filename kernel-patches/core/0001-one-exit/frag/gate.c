					goto out;
