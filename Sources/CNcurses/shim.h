#ifndef SYNSCOPE_CNCURSES_SHIM_H
#define SYNSCOPE_CNCURSES_SHIM_H
#define NCURSES_WIDECHAR 1
#define NCURSES_NOMACROS 1
#include <ncursesw/curses.h>
#endif
