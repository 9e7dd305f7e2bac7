--------------------------- MODULE Pointers ---------------------------
\* Functions from the permuted set into itself are rewritten link by link.
EXTENDS TLC
CONSTANT Cell
VARIABLE next
Init == next = [c \in Cell |-> c]
Next == \E c, d \in Cell : next[c] # d /\ next' = [next EXCEPT ![c] = d]
Sym == Permutations(Cell)
TypeOK == next \in [Cell -> Cell]
=======================================================================
