------------------------- MODULE Philosophers -------------------------
\* Three philosophers take one of the forks after another from a pool without names; all hold one fork and nobody can go on.
EXTENDS Naturals, TLC
CONSTANT Phil
VARIABLES forks, held
Init == forks = 3 /\ held = [p \in Phil |-> 0]
Grab(p) == forks > 0 /\ held[p] < 2 /\ forks' = forks - 1 /\ held' = [held EXCEPT ![p] = @ + 1]
Eat(p) == held[p] = 2 /\ forks' = forks + 2 /\ held' = [held EXCEPT ![p] = 0]
Next == \E p \in Phil : Grab(p) \/ Eat(p)
Sym == Permutations(Phil)
Few == forks <= 3
=======================================================================
