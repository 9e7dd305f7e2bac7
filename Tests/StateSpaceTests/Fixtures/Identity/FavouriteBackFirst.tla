---------------------- MODULE FavouriteBackFirst ----------------------
\* Only the favourite moves past one, and the steps of the others are tried first; a variable remembers the last mover.
EXTENDS TLC, Naturals
CONSTANT P
VARIABLES pos, seen
Favourite == CHOOSE p \in P : \A q \in P : q = p \/ q # p
Init == pos = [p \in P |-> 0] /\ seen = <<>>
Others == \E p \in P \ {Favourite} : pos[p] = 0 /\ pos' = [pos EXCEPT ![p] = 1] /\ seen' = <<p>>
Mine == pos[Favourite] < 3 /\ pos' = [pos EXCEPT ![Favourite] = @ + 1] /\ seen' = <<Favourite>>
Reset == \E p \in P : pos[p] >= 1 /\ seen = <<p>> /\ pos' = [pos EXCEPT ![p] = 0] /\ seen' = <<>>
Next == Others \/ Mine \/ Reset
Sym == Permutations(P)
Near == \A p \in P : pos[p] <= 3
=======================================================================
