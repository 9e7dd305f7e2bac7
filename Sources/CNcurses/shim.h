// What Swift cannot see of ncurses: macros, variadic functions and the library's global variables, as functions.
#ifndef SYNSCOPE_CNCURSES_SHIM_H
#define SYNSCOPE_CNCURSES_SHIM_H
#define NCURSES_WIDECHAR 1
#define NCURSES_NOMACROS 1
#ifndef _XOPEN_SOURCE
#define _XOPEN_SOURCE 700
#endif
#include <langinfo.h>
#include <locale.h>
#include <ncursesw/curses.h>
#include <ncursesw/term.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>
#include <wchar.h>

/// The window that is the whole screen, once there is one.
static inline WINDOW *ncurses_screen(void) { return stdscr; }

/// The number of colours, after `start_color`.
static inline int ncurses_colors(void) { return COLORS; }

static inline unsigned int ncurses_bold(void) { return A_BOLD; }
static inline unsigned int ncurses_dim(void) { return A_DIM; }
static inline unsigned int ncurses_underline(void) { return A_UNDERLINE; }
static inline unsigned int ncurses_reverse(void) { return A_REVERSE; }

/// Puts a character with its combining marks (at most four, ended by 0) into a cell.
static inline void ncurses_put(int y, int x, const wchar_t *text, unsigned int attributes, short pair) {
  cchar_t cell;
  if (setcchar(&cell, text, (attr_t)attributes, pair, NULL) == OK) mvwadd_wch(stdscr, y, x, &cell);
}

/// A capability's text in the terminal's description; NULL when it has none. Needs `setupterm` or `newterm`.
static inline const char *ncurses_capability(const char *name) {
  char *text = tigetstr(name);
  return text == (char *)-1 ? NULL : text;
}

/// Takes the user's character encoding over from the environment and tells whether it is UTF-8. Where the named locale
/// is not installed but its name says UTF-8, the C library's own UTF-8 locale stands in.
static inline bool ncurses_takeLocale(const char *name) {
  if (setlocale(LC_CTYPE, "") == NULL && name != NULL &&
      (strstr(name, "UTF-8") != NULL || strstr(name, "utf8") != NULL || strstr(name, "utf-8") != NULL)) {
    setlocale(LC_CTYPE, "C.UTF-8");
  }
  return strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
}

/// The columns that the C library (and so ncurses) counts for a character; negative for one that it does not print.
static inline int ncurses_width(wchar_t character) { return wcwidth(character); }

/// Makes Ctrl-C, Ctrl-Z, Ctrl-S, Ctrl-Q and Ctrl-V ordinary keys, and leaves Ctrl-\ the way out of a program that hangs.
static inline int ncurses_tuneTerminal(int descriptor) {
  struct termios modes;
  if (tcgetattr(descriptor, &modes) != 0) return -1;
  modes.c_cc[VSUSP] = _POSIX_VDISABLE;
  modes.c_cc[VINTR] = _POSIX_VDISABLE;
  modes.c_cc[VLNEXT] = _POSIX_VDISABLE;
  modes.c_cc[VDISCARD] = _POSIX_VDISABLE;
  modes.c_iflag &= ~(tcflag_t)(IXON | IXOFF | ICRNL | INLCR);
  return tcsetattr(descriptor, TCSANOW, &modes);
}

#endif
