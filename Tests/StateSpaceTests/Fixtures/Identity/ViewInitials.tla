------------------------- MODULE ViewInitials -------------------------
\* Four initial states fall into two classes of the view; the violation is in the one that is dropped.
EXTENDS Naturals
VARIABLES x, y
Init == x \in 0..1 /\ y \in {0, 1}
Next == UNCHANGED <<x, y>>
View == <<x>>
Ok == x + y < 2
=======================================================================
