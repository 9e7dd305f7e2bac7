------------------------ MODULE NoSuchSymmetry ------------------------
\* The configuration names a symmetry operator that does not exist.
EXTENDS Naturals
VARIABLE x
Init == x = 0
Next == x' = (x + 1) % 3
Ok == x < 3
=======================================================================
