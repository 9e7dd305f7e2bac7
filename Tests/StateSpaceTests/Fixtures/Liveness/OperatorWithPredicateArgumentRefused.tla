---- MODULE OperatorWithPredicateArgumentRefused ----
\* The argument of an operator with a temporal body is a state predicate; TLC 2.19 does not handle that.
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
        /\ \A p \in Procs : WF_vars(Step(p))

Again(P) == []<>P
Prop == Again(pc[1] = "busy") /\ Again(pc[3] = "idle")
====
