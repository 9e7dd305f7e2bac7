---- MODULE OperatorWithTemporalBodyViolated ----
\* An operator with parameters whose body is a temporal formula; one of its two uses is false.
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
        /\ \A p \in Procs : WF_vars(Finish(p))

Responds(p, from, to) == pc[p] = from ~> pc[p] = to
Prop == \A p \in Procs : Responds(p, "busy", "idle") /\ Responds(p, "idle", "busy")
====
