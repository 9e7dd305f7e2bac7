---- MODULE PetersonFairnessTogetherHolds ----
\* Weak fairness of both processes together is enough: who asks again must wait for the other one.
EXTENDS Naturals
VARIABLES pc, flag, turn
vars == <<pc, flag, turn>>

\* Peterson's mutual exclusion of two processes.
Procs == {0, 1}
Other(p) == 1 - p
Ask(p) == /\ pc[p] = "idle"
          /\ pc' = [pc EXCEPT ![p] = "ask"]
          /\ flag' = [flag EXCEPT ![p] = TRUE]
          /\ UNCHANGED turn
Yield(p) == /\ pc[p] = "ask"
            /\ pc' = [pc EXCEPT ![p] = "wait"]
            /\ turn' = Other(p)
            /\ UNCHANGED flag
Enter(p) == /\ pc[p] = "wait"
            /\ ~flag[Other(p)] \/ turn = p
            /\ pc' = [pc EXCEPT ![p] = "inside"]
            /\ UNCHANGED <<flag, turn>>
Exit(p) == /\ pc[p] = "inside"
           /\ pc' = [pc EXCEPT ![p] = "idle"]
           /\ flag' = [flag EXCEPT ![p] = FALSE]
           /\ UNCHANGED turn
Go(p) == Yield(p) \/ Enter(p) \/ Exit(p)

Init == /\ pc = [p \in Procs |-> "idle"]
        /\ flag = [p \in Procs |-> FALSE]
        /\ turn = 0
Next == \E p \in Procs : Ask(p) \/ Go(p)
Spec == /\ Init
        /\ [][Next]_vars
        /\ WF_vars(\E p \in Procs : Go(p))

Exclusion == [](pc # [p \in Procs |-> "inside"])
NoStarvation == \A p \in Procs : pc[p] = "ask" ~> pc[p] = "inside"
Asks == \A p \in Procs : []<>(pc[p] = "ask")
====
