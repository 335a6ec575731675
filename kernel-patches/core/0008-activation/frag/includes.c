#include <linux/workqueue.h>
#include <linux/writeback.h>
