---- MODULE ElevatorWanderStrongHolds ----
\* Strong fairness of each move makes the wandering elevator serve every floor.
EXTENDS Naturals
VARIABLES floor, calls, up
vars == <<floor, calls, up>>

\* An elevator with three floors. It serves its floor, or it moves.
Floors == 1..3
Call(f) == f \notin calls /\ f # floor /\ calls' = calls \cup {f} /\ UNCHANGED <<floor, up>>
Serve == floor \in calls /\ calls' = calls \ {floor} /\ UNCHANGED <<floor, up>>
Sweep == /\ calls # {} /\ floor \notin calls
         /\ up' = IF floor = 1 THEN TRUE ELSE IF floor = 3 THEN FALSE ELSE up
         /\ floor' = IF up' THEN floor + 1 ELSE floor - 1
         /\ UNCHANGED calls
Wander == /\ calls # {} /\ floor \notin calls
          /\ \E g \in Floors : (g = floor + 1 \/ floor = g + 1) /\ floor' = g
          /\ UNCHANGED <<calls, up>>
Move == Wander

Init == floor = 1 /\ calls = {} /\ up = TRUE
Next == Serve \/ Move \/ \E f \in Floors : Call(f)
Spec == /\ Init
        /\ [][Next]_vars
        /\ WF_vars(Serve)
        /\ \A f \in Floors : SF_vars(Move /\ floor' = f)

EachServed == \A f \in Floors : f \in calls ~> f \notin calls
SomeServed == calls # {} ~> floor \in calls
Rests == <>[](calls = {})
====
