------------------------ MODULE OutsideValues ------------------------
\* Permuted processes walk between two fixed rooms; the rooms and the empty value are model values outside of the symmetry.
EXTENDS TLC
CONSTANTS Proc, hall, attic, none
VARIABLES at, key
Init == at = [p \in Proc |-> hall] /\ key = none
Climb(p) == at[p] = hall /\ key = none /\ key' = p /\ at' = [at EXCEPT ![p] = attic]
Return(p) == at[p] = attic /\ at' = [at EXCEPT ![p] = hall] /\ key' = none
Drop(p) == key = p /\ key' = none /\ UNCHANGED at
Next == \E p \in Proc : Climb(p) \/ Return(p) \/ Drop(p)
Sym == Permutations(Proc)
KeyInAttic == key # none => at[key] = attic
======================================================================
