--------------------- MODULE SymmetryViewLiveness ---------------------
\* Symmetry, a view without the counter, and a liveness property that holds under weak fairness.
EXTENDS Naturals, TLC
CONSTANT P
VARIABLES done, rounds
vars == <<done, rounds>>
Init == done = {} /\ rounds = 0
Work == \E p \in P \ done : done' = done \cup {p} /\ UNCHANGED rounds
Reset == done = P /\ done' = {} /\ rounds' = (rounds + 1) % 3
Next == Work \/ Reset
Spec == Init /\ [][Next]_vars /\ WF_vars(Next)
Sym == Permutations(P)
View == done
AgainAll == []<>(done = P)
=======================================================================
