// The script of Moothall.
