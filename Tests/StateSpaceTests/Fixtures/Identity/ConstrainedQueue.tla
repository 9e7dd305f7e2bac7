----------------------- MODULE ConstrainedQueue -----------------------
\* A queue of permuted clients is bounded by a CONSTRAINT.
EXTENDS Naturals, Sequences, TLC
CONSTANT Client
VARIABLE queue
Init == queue = <<>>
Next == \/ \E c \in Client : queue' = Append(queue, c)
        \/ queue # <<>> /\ queue' = Tail(queue)
Short == Len(queue) <= 3
Sym == Permutations(Client)
Bound == Len(queue) <= 4
=======================================================================
