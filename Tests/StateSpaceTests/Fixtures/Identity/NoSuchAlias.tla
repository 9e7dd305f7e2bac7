------------------------- MODULE NoSuchAlias -------------------------
\* The configuration names an alias that does not exist.
EXTENDS Naturals
VARIABLE x
Init == x = 0
Next == x' = (x + 1) % 3
Ok == x < 2
======================================================================
