			ret = PTR_ERR(page);
			goto out;
