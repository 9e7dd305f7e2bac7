-------------------- MODULE SymmetryLivenessFails --------------------
\* Liveness beside a symmetry without any fairness: the behaviour may stop early.
EXTENDS TLC
CONSTANT P
VARIABLE done
Init == done = {}
Next == \E p \in P \ done : done' = done \cup {p}
Spec == Init /\ [][Next]_done
Sym == Permutations(P)
AllDone == <>(done = P)
======================================================================
