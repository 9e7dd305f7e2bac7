---- MODULE LockWeakFairness ----
\* With weak fairness a client may wait forever, as others get the lock again and again.
EXTENDS Naturals, FiniteSets
CONSTANTS Clients, Nobody
VARIABLES owner, waiting
vars == <<owner, waiting>>

\* A lock without a queue. Any waiting client may get it.
Ask(c) == /\ c \notin waiting /\ owner # c
          /\ waiting' = waiting \cup {c}
          /\ UNCHANGED owner
Get(c) == /\ c \in waiting /\ owner = Nobody
          /\ owner' = c /\ waiting' = waiting \ {c}
Free(c) == /\ owner = c
           /\ owner' = Nobody
           /\ UNCHANGED waiting

Init == owner = Nobody /\ waiting = {}
Next == \E c \in Clients : Ask(c) \/ Get(c) \/ Free(c)
Spec == /\ Init
        /\ [][Next]_vars
        /\ \A c \in Clients : WF_vars(Get(c)) /\ WF_vars(Free(c))

Served == \A c \in Clients : c \in waiting ~> owner = c
SomebodyServed == waiting # {} ~> owner # Nobody
Symmetric == \A c, d \in Clients : (c \in waiting ~> owner = c) => (d \in waiting ~> owner = d)
====
