			ret = -ERESTARTSYS;
			goto out;
		}
