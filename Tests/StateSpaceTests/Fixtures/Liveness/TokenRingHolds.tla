---- MODULE TokenRingHolds ----
\* The token is passed on only by somebody who is not hungry, and passing and eating are fair.
EXTENDS Naturals
CONSTANT N
VARIABLES token, hungry
vars == <<token, hungry>>

\* A token goes around in a ring; who has it may satisfy its wish.
Nodes == 0..N-1
Wish(n) == n \notin hungry /\ hungry' = hungry \cup {n} /\ UNCHANGED token
Eat(n) == token = n /\ n \in hungry /\ hungry' = hungry \ {n} /\ UNCHANGED token
Pass(n) == token = n /\ n \notin hungry /\ token' = (n + 1) % N /\ UNCHANGED hungry

Init == token = 0 /\ hungry = {}
Next == \E n \in Nodes : Wish(n) \/ Eat(n) \/ Pass(n)
Spec == /\ Init
        /\ [][Next]_vars
        /\ \A n \in Nodes : WF_vars(Eat(n))  /\ SF_vars(Pass(n))

TokenGoesAround == \A n \in Nodes : []<>(token = n)
NobodyHungryForever == \A n \in Nodes : n \in hungry ~> n \notin hungry
====
