------------------------- MODULE TypedValues -------------------------
\* Typed model values of the kinds A and B are permuted and compared with untyped ones.
EXTENDS TLC
CONSTANTS As, Bs, Nil
VARIABLES mate, free
Init == mate = [a \in As |-> Nil] /\ free = Bs
Wed(a, b) == mate[a] = Nil /\ b \in free /\ mate' = [mate EXCEPT ![a] = b] /\ free' = free \ {b}
Part(a) == mate[a] # Nil /\ mate' = [mate EXCEPT ![a] = Nil] /\ free' = free \cup {mate[a]}
Next == \E a \in As : Part(a) \/ \E b \in Bs : Wed(a, b)
Sym == Permutations(As) \cup Permutations(Bs)
NoSharing == \A a, c \in As : a # c /\ mate[a] = mate[c] => mate[a] = Nil
======================================================================
