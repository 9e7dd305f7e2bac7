------------------------ MODULE CommitTwoPhase ------------------------
\* Two-phase commit with three resource managers and messages in a set; the manager's name is the only identity in a message.
EXTENDS TLC
CONSTANT RM
VARIABLES rm, tm, ready, msgs
vars == <<rm, tm, ready, msgs>>
Init == rm = [r \in RM |-> "working"] /\ tm = "init" /\ ready = {} /\ msgs = {}
Prepare(r) == rm[r] = "working" /\ rm' = [rm EXCEPT ![r] = "prepared"]
              /\ msgs' = msgs \cup {[type |-> "prepared", rm |-> r]} /\ UNCHANGED <<tm, ready>>
Refuse(r) == rm[r] = "working" /\ rm' = [rm EXCEPT ![r] = "aborted"] /\ UNCHANGED <<tm, ready, msgs>>
Note(r) == tm = "init" /\ [type |-> "prepared", rm |-> r] \in msgs
           /\ ready' = ready \cup {r} /\ UNCHANGED <<rm, tm, msgs>>
Decide == tm = "init" /\ ready = RM /\ tm' = "done"
          /\ msgs' = msgs \cup {[type |-> "commit"]} /\ UNCHANGED <<rm, ready>>
GiveUp == tm = "init" /\ tm' = "done"
          /\ msgs' = msgs \cup {[type |-> "abort"]} /\ UNCHANGED <<rm, ready>>
Obey(r) == \/ [type |-> "commit"] \in msgs /\ rm' = [rm EXCEPT ![r] = "committed"] /\ UNCHANGED <<tm, ready, msgs>>
           \/ [type |-> "abort"] \in msgs /\ rm' = [rm EXCEPT ![r] = "aborted"] /\ UNCHANGED <<tm, ready, msgs>>
Next == Decide \/ GiveUp \/ \E r \in RM : Prepare(r) \/ Refuse(r) \/ Note(r) \/ Obey(r)
Spec == Init /\ [][Next]_vars
Sym == Permutations(RM)
Consistent == \A r, s \in RM : ~(rm[r] = "committed" /\ rm[s] = "aborted")
=======================================================================
