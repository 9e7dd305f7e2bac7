---------------------- MODULE ConstrainedActions ----------------------
\* ACTION_CONSTRAINT forbids jumps down and CONSTRAINT cuts high values, both beside a symmetry.
EXTENDS Naturals, TLC
CONSTANT D
VARIABLES h, last
Init == h = [d \in D |-> 0] /\ last \in D
Next == \E d \in D : last' = d /\ \E k \in 0..4 : k # h[d] /\ h' = [h EXCEPT ![d] = k]
Sym == Permutations(D)
OnlyUp == \A d \in D : h'[d] >= h[d]
Low == \A d \in D : h[d] < 4
Range == \A d \in D : h[d] \in 0..4
=======================================================================
