				ret = -EFAULT;
				goto out;
			}
