---------------------- MODULE ViewLivenessFails ----------------------
\* Fairness of the whole next-state relation does not force the door open; the visits are left out of the view, so TLC shows the knocks as stuttering.
EXTENDS Naturals
VARIABLES door, visits
vars == <<door, visits>>
Init == door = "shut" /\ visits = 0
Knock == door = "shut" /\ UNCHANGED door /\ visits' = (visits + 1) % 4
Open == door = "shut" /\ door' = "open" /\ UNCHANGED visits
Close == door = "open" /\ door' = "shut" /\ UNCHANGED visits
Next == Knock \/ Open \/ Close
Spec == Init /\ [][Next]_vars /\ WF_vars(Next)
View == door
Opened == <>(door = "open")
======================================================================
