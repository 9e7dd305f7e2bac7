----------------------- MODULE SymmetryLiveness -----------------------
\* Liveness beside a symmetry: TLC warns of it; with a fair next-state relation and no cycle the end is reached.
EXTENDS TLC
CONSTANT P
VARIABLE done
Init == done = {}
Next == \E p \in P \ done : done' = done \cup {p}
Spec == Init /\ [][Next]_done /\ WF_done(Next)
Sym == Permutations(P)
AllDone == <>(done = P)
=======================================================================
