--------------------- MODULE AskewActionProperty ---------------------
\* An action property about one of the permuted values: whether it is seen to be violated depends on the states that are kept.
EXTENDS TLC
CONSTANTS a, b, c
VARIABLE here
P == {a, b, c}
Init == here = {}
Next == \E p \in P \ here : here' = here \cup {p}
Spec == Init /\ [][Next]_here
Sym == Permutations(P)
BLater == [][(b \in here') => (b \in here \/ a \in here)]_here
======================================================================
