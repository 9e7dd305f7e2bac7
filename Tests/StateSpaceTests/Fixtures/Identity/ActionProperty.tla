------------------------ MODULE ActionProperty ------------------------
\* An action property beside a symmetry: nobody leaves once all have come, which one of the steps violates.
EXTENDS TLC
CONSTANT P
VARIABLE here
Init == here = {}
Come == \E p \in P \ here : here' = here \cup {p}
Go == \E p \in here : here' = here \ {p}
Next == Come \/ Go
Spec == Init /\ [][Next]_here
Sym == Permutations(P)
FullStays == [][here = P => here' = P]_here
Ok == here \subseteq P
=======================================================================
