			case -EHWPOISON:
				goto out;
			case -EBUSY:
				ret = 0;
				goto out;
