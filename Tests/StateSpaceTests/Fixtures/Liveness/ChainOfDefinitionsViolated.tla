---- MODULE ChainOfDefinitionsViolated ----
\* The property is reached through several definitions, with a disjunction in the middle.
EXTENDS Naturals
VARIABLE pc
vars == <<pc>>

Procs == 1..3

\* Three processes that do their work independently of each other, any number of times.
Start(p) == pc[p] = "idle" /\ pc' = [pc EXCEPT ![p] = "busy"]
Finish(p) == pc[p] = "busy" /\ pc' = [pc EXCEPT ![p] = "idle"]
Step(p) == Start(p) \/ Finish(p)

Init == pc = [p \in Procs |-> "idle"]
Next == \E p \in Procs : Step(p)
Spec == /\ Init
        /\ [][Next]_vars

Busy(p) == pc[p] = "busy"
First == <>Busy(1)
Last == <>Busy(3)
Any == First \/ Last
Prop == Any
====
