------------------------- MODULE CacheClients -------------------------
\* Clients fill and drop cache lines that a server owns; a client upgrades to writing without taking the line from the readers.
EXTENDS TLC, FiniteSets, Naturals
CONSTANT Client
VARIABLES mode, owner
Init == mode = [c \in Client |-> "none"] /\ owner = {}
ReadReq(c) == /\ mode[c] = "none"
              /\ \A d \in Client : mode[d] # "write"
              /\ mode' = [mode EXCEPT ![c] = "read"] /\ UNCHANGED owner
WriteReq(c) == /\ mode[c] # "write" /\ owner = {}
               /\ mode' = [d \in Client |-> IF d = c THEN "write" ELSE "none"]
               /\ owner' = {c}
Evict(c) == /\ mode[c] # "none"
            /\ mode' = [mode EXCEPT ![c] = "none"] /\ UNCHANGED owner
Forget == owner # {} /\ owner' = {} /\ UNCHANGED mode
Upgrade(c) == /\ mode[c] = "none" /\ owner = {}
              /\ mode' = [mode EXCEPT ![c] = "write"] /\ owner' = {c}
Next == Forget \/ \E c \in Client : ReadReq(c) \/ WriteReq(c) \/ Evict(c) \/ Upgrade(c)
Sym == Permutations(Client)
Coherent == \A c, d \in Client : mode[c] = "write" /\ d # c => mode[d] = "none"
=======================================================================
