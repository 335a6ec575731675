#ifndef __MINI_BOUNDS_H
#define __MINI_BOUNDS_H
#define NR_PAGEFLAGS 22
#define MAX_NR_ZONES 4
#endif
