------------------------ MODULE SetsInVariable ------------------------
\* A variable has the sets SUBSET T and [T -> {0, 1}] themselves as its value, with T a set of permuted values that changes.
EXTENDS TLC
CONSTANT E
VARIABLES pick, space
Init == pick = {} /\ space = SUBSET {}
Next == \E e \in E : /\ pick' = IF e \in pick THEN pick \ {e} ELSE pick \cup {e}
                     /\ \/ space' = SUBSET pick'
                        \/ space' = [pick' -> {0, 1}]
Sym == Permutations(E)
NotEmpty == space # {}
=======================================================================
