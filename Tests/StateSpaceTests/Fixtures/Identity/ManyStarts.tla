-------------------------- MODULE ManyStarts --------------------------
\* All three choices of the starting value are initial states and permutations of one another, so one remains.
EXTENDS Naturals, TLC, FiniteSets
CONSTANT N
VARIABLES at, seen
Init == at \in N /\ seen = {at}
Next == \E m \in N \ {at} : at' = m /\ seen' = seen \cup {m}
Sym == Permutations(N)
Included == at \in seen
=======================================================================
