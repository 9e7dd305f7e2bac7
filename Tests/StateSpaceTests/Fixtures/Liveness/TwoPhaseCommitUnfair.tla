---- MODULE TwoPhaseCommitUnfair ----
\* Without fairness of the decision the prepared managers wait forever.
CONSTANT Managers
VARIABLES state, decision
vars == <<state, decision>>

\* Two-phase commit without messages: resource managers read the decision.
Prepare(m) == /\ state[m] = "working"
              /\ state' = [state EXCEPT ![m] = "prepared"]
              /\ UNCHANGED decision
Refuse(m) == /\ state[m] = "working"
             /\ state' = [state EXCEPT ![m] = "aborted"]
             /\ UNCHANGED decision
Commit == /\ decision = "none" /\ \A m \in Managers : state[m] = "prepared"
          /\ decision' = "commit" /\ UNCHANGED state
Abort == /\ decision = "none" /\ TRUE
         /\ decision' = "abort" /\ UNCHANGED state
Follow(m) == /\ decision # "none" /\ state[m] \in {"working", "prepared"}
             /\ state' = [state EXCEPT ![m] = IF decision = "commit" THEN "committed" ELSE "aborted"]
             /\ UNCHANGED decision

Init == state = [m \in Managers |-> "working"] /\ decision = "none"
Next == Commit \/ Abort \/ \E m \in Managers : Prepare(m) \/ Refuse(m) \/ Follow(m)
Spec == /\ Init
        /\ [][Next]_vars
        /\ \A m \in Managers : WF_vars(Prepare(m)) /\ WF_vars(Follow(m))

Consistent == [](~ \E m, n \in Managers : state[m] = "committed" /\ state[n] = "aborted")
Final(m) == state[m] \in {"committed", "aborted"}
Terminates == <>(\A m \in Managers : Final(m))
Stable == \A m \in Managers : [](Final(m) => []Final(m))
DecisionFollowed == decision = "commit" ~> \A m \in Managers : state[m] = "committed"
RefusedBeforeAbort == <>(decision = "abort") => <>(decision = "none" /\ \E m \in Managers : state[m] = "aborted")
====
