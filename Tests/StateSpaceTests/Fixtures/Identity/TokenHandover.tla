------------------------ MODULE TokenHandover ------------------------
\* A token goes from node to node over a network that may hold two copies; every copy carries the name of its sender and receiver.
EXTENDS TLC, FiniteSets, Naturals
CONSTANTS Node
VARIABLES holder, net
Init == (\E n \in Node : holder = {n}) /\ net = {}
Send(n, m) == n \in holder /\ m # n /\ holder' = holder \ {n} /\ net' = net \cup {<<n, m>>}
Receive(n, m) == <<n, m>> \in net /\ holder' = holder \cup {m} /\ net' = net \ {<<n, m>>}
Resend(n, m) == <<n, m>> \in net /\ holder = {} /\ Cardinality(net) < 2
                /\ \E k \in Node \ {m, n} : net' = net \cup {<<n, k>>} /\ UNCHANGED holder
Next == \E n, m \in Node : Send(n, m) \/ Receive(n, m) \/ Resend(n, m)
Sym == Permutations(Node)
OneToken == Cardinality(holder) <= 1
======================================================================
