---- MODULE ModelValues ----
\* A lock whose owner is a model value or the value None.
CONSTANTS Procs, None
VARIABLES owner, waiting
Init == owner = None /\ waiting = {}
Ask(p) == p \notin waiting /\ p # owner /\ waiting' = waiting \union {p} /\ UNCHANGED owner
Grant == owner = None /\ \E p \in waiting : owner' = p /\ waiting' = waiting \ {p}
Release == owner # None /\ owner' = None /\ UNCHANGED waiting
Next == (\E p \in Procs : Ask(p)) \/ Grant \/ Release
Owned == owner \in Procs \union {None} /\ owner \notin waiting /\ owner # 1
====
